/** The shapes of charts, without a page or a document: the server writes SVG from them, and the pages draw them. */
export { type Bar, type Span, type StackedBars, stackedBars, tornadoBars } from './bars.ts'
export { type FanGeometry, fanGeometry, type FanInput } from './fan.ts'
export { heatLevel } from './heat.ts'
export { type LineGeometry, lineGeometry } from './lines.ts'
export { type Frame, rounded, stepAxis, type Tick, ticksFor, valueAxis } from './scales.ts'
