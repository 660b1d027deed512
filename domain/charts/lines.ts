import { line } from 'd3-shape'
import { type Frame, stepAxis, type Tick, ticksFor, valueAxis } from './scales.ts'

export interface LineGeometry {
  readonly paths: readonly string[]
  readonly steps: readonly Tick[]
  readonly values: readonly Tick[]
  readonly placeOfStep: (step: number) => number
  readonly placeOfValue: (value: number) => number
  readonly nearestStep: (pixels: number) => number
}

/** Shapes of lines over whole steps: the values of each series at [series][step], the first at `first`. A gap is a NaN. */
export const lineGeometry = (series: readonly (readonly number[])[], first: number, frame: Frame): LineGeometry => {
  const x = stepAxis(frame, first, series[0]?.length ?? 0, ticksFor(frame.width - frame.left - frame.right))
  const known = series.flat().filter(Number.isFinite)
  const y = valueAxis(frame, known, Math.max(2, Math.floor((frame.height - frame.top - frame.bottom) / 60)))
  const draw = line<number>()
    .digits(1)
    .defined(Number.isFinite)
    .x((_, step) => x.place(first + step))
    .y(value => y.place(value))
  return {
    paths: series.map(values => draw([...values]) ?? ''),
    steps: x.ticks,
    values: y.ticks,
    placeOfStep: x.place,
    placeOfValue: y.place,
    nearestStep: x.nearest,
  }
}
