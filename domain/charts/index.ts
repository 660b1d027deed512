/** The shapes of charts, without a page or a document: the server writes SVG from them, and the pages draw them. */
export { type Bar, type Span, type StackedBars, stackedBars, tornadoBars } from './bars.ts'
export { type DayLine, dayLine } from './days.ts'
export { type FanGeometry, fanGeometry, type FanInput } from './fan.ts'
export { heatLevel } from './heat.ts'
export { type Frame, type Tick, ticksFor } from './scales.ts'
export { sparkline, trendGeometry } from './trend.ts'
export { treemap } from './treemap.ts'
