import { line } from 'd3-shape'
import { type Frame, stepAxis, type Tick, valueAxis } from './scales.ts'

export interface TrendGeometry {
  readonly path: string
  /** Of another series on the same axes; undefined without one. */
  readonly otherPath: string | undefined
  readonly values: readonly Tick[]
  readonly placeOfStep: (step: number) => number
  readonly placeOfValue: (value: number) => number
  readonly nearestStep: (pixels: number) => number
}

/**
 * The shape of one series over equal steps, on an axis that contains zero. The same figures give the same path.
 * @param other another series over the same steps; null where it has no value
 */
export const trendGeometry = (series: readonly number[], frame: Frame, other?: readonly (number | null)[]): TrendGeometry => {
  const x = stepAxis(frame, 0, series.length)
  const known = (other ?? []).filter(value => value !== null)
  const y = valueAxis(frame, [...series, ...known], Math.max(2, Math.floor((frame.height - frame.top - frame.bottom) / 60)))
  const draw = line<number | null>()
    .digits(1)
    .defined(value => value !== null)
    .x((_, step) => x.place(step))
    .y(value => y.place(value ?? 0))
  return {
    path: draw([...series]) ?? '',
    otherPath: other && (draw([...other]) ?? ''),
    values: y.ticks,
    placeOfStep: x.place,
    placeOfValue: y.place,
    nearestStep: x.nearest,
  }
}

/** A line of a small picture without axes. It uses the whole height, so that it shows the shape and not the amount. */
export const sparkline = (series: readonly number[], width: number, height: number): string => {
  const [least, most] = [Math.min(...series), Math.max(...series)]
  const span = most - least || 1
  const last = Math.max(1, series.length - 1)
  return (
    line<number>()
      .digits(1)
      .x((_, step) => 1 + (step * (width - 2)) / last)
      .y(value => (most === least ? height / 2 : 1 + ((most - value) * (height - 2)) / span))([...series]) ?? ''
  )
}
