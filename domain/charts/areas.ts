import { area, line } from 'd3-shape'
import { type Frame, stepAxis, type Tick, valueAxis } from './scales.ts'

export interface StackedAreas {
  /** The area of each series: what is above zero stands on those before it, what is below zero hangs under them. */
  readonly areas: readonly string[]
  /** The line of the sums. */
  readonly total: string
  readonly values: readonly Tick[]
  readonly placeOfStep: (step: number) => number
  readonly placeOfValue: (value: number) => number
  readonly nearestStep: (pixels: number) => number
}

/** The lower and the upper edge of a series at each step. */
type Edges = readonly (readonly [from: number, to: number])[]

/** Stacks what `partOf` takes of each value, and gives the edges of each series and the outer edge of all. */
const stacked = (series: readonly (readonly number[])[], steps: number, partOf: (value: number) => number) => {
  const outer = Array.from({ length: steps }, () => 0)
  const edges = series.map(
    (values): Edges =>
      values.map((value, step) => {
        const from = outer[step]!
        const to = from + partOf(value)
        outer[step] = to
        return [from, to]
      }),
  )
  return { edges, outer }
}

/**
 * The shapes of several series over equal steps, on an axis that contains zero. A series may change its sign.
 * @param series values at [series][step]
 * @param totals the value of the line at each step
 */
export const stackedAreas = (series: readonly (readonly number[])[], totals: readonly number[], frame: Frame): StackedAreas => {
  const x = stepAxis(frame, 0, totals.length)
  const above = stacked(series, totals.length, value => Math.max(0, value))
  const below = stacked(series, totals.length, value => Math.min(0, value))
  const y = valueAxis(
    frame,
    [...above.outer, ...below.outer, ...totals],
    Math.max(2, Math.floor((frame.height - frame.top - frame.bottom) / 60)),
  )
  const fill = area<Edges[number]>()
    .digits(1)
    .x((_, step) => x.place(step))
    .y0(([from]) => y.place(from))
    .y1(([, to]) => y.place(to))
  const shapeOf = (edges: Edges): string => (edges.some(([from, to]) => from !== to) ? (fill([...edges]) ?? '') : '')
  const draw = line<number>()
    .digits(1)
    .x((_, step) => x.place(step))
    .y(value => y.place(value))
  return {
    areas: series.map((_, index) => shapeOf(above.edges[index]!) + shapeOf(below.edges[index]!)),
    total: draw([...totals]) ?? '',
    values: y.ticks,
    placeOfStep: x.place,
    placeOfValue: y.place,
    nearestStep: x.nearest,
  }
}
