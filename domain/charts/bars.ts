import { type Frame, rounded, valueAxis } from './scales.ts'

/** A bar of a chart, in pixels. */
export interface Bar {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

export interface StackedBars {
  /** Bars at [series][step]. */
  readonly bars: readonly (readonly Bar[])[]
  readonly values: readonly { readonly at: number; readonly value: number }[]
  /** The middle of the bar of a step. */
  readonly placeOfStep: (step: number) => number
  readonly placeOfValue: (value: number) => number
  /** The step of the bar that is nearest to a place. */
  readonly nearestStep: (pixels: number) => number
}

/** Shapes of upright bars, one per step. The values of several series, at [series][step] and not negative, stand on each other. */
export const stackedBars = (series: readonly (readonly number[])[], frame: Frame): StackedBars => {
  const steps = series[0]?.length ?? 0
  const totals = Array.from({ length: steps }, (_, step) => series.reduce((sum, values) => sum + values[step]!, 0))
  const y = valueAxis(frame, totals, Math.max(2, Math.floor((frame.height - frame.top - frame.bottom) / 50)))
  const room = (frame.width - frame.left - frame.right) / Math.max(steps, 1)
  const width = rounded(Math.max(1, room * 0.8))
  const left = (step: number) => rounded(frame.left + step * room + (room - width) / 2)
  const below = Array.from({ length: steps }, () => 0)
  const bars = series.map(values =>
    values.map((value, step) => {
      const from = below[step]!
      below[step] = from + value
      const top = y.place(from + value)
      return { x: left(step), y: top, width, height: rounded(y.place(from) - top) }
    }),
  )
  return {
    bars,
    values: y.ticks,
    placeOfStep: step => rounded(left(step) + width / 2),
    placeOfValue: y.place,
    nearestStep: pixels => Math.max(0, Math.min(steps - 1, Math.floor((pixels - frame.left) / room))),
  }
}

/** A bar between two values on a horizontal axis, as in a tornado. */
export interface Span {
  readonly x: number
  readonly width: number
}

/** Shapes of lying bars: the change of each input below and above the middle. All share one scale. */
export const tornadoBars = (changes: readonly { readonly low: number; readonly high: number }[], width: number) => {
  const reach = Math.max(1e-12, ...changes.flatMap(({ high, low }) => [Math.abs(low), Math.abs(high)]))
  const middle = width / 2
  const place = (value: number) => rounded(middle + (value / reach) * middle)
  const span = (value: number): Span => ({ x: Math.min(place(value), place(0)), width: rounded(Math.abs(place(value) - place(0))) })
  return { middle: place(0), reach, rows: changes.map(({ high, low }) => ({ low: span(low), high: span(high) })) }
}
