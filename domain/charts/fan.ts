import { area, line } from 'd3-shape'
import { type Frame, stepAxis, type Tick, ticksFor, valueAxis } from './scales.ts'

export interface FanInput {
  /** Fractions, ascending. For the shape of a fan they must be symmetric about the median. */
  readonly percentiles: readonly number[]
  /** Values at [percentile][year]. */
  readonly bands: readonly (readonly number[])[]
  /** Calendar year of the first value. */
  readonly firstYear: number
  readonly frame: Frame
  /** Lines over the fan, at [line][year]: of something to compare with. Their years can be more or fewer. */
  readonly lines?: readonly (readonly number[])[]
  /** What became real, in their order: years since the first value, not only whole ones, and values. */
  readonly actual?: readonly { readonly years: number; readonly value: number }[]
}

export interface FanGeometry {
  /** The areas between pairs of percentiles, the widest first. */
  readonly ribbons: readonly { readonly path: string; readonly low: number; readonly high: number }[]
  readonly median: string
  readonly lines: readonly string[]
  /** The line through what became real, and its points in pixels. */
  readonly actual: { readonly path: string; readonly points: readonly { readonly x: number; readonly y: number }[] }
  readonly years: readonly Tick[]
  readonly values: readonly Tick[]
  /** The ends of the percentiles at the right edge, as indexes of `percentiles`, moved apart so that their words do not overlap. */
  readonly ends: readonly { readonly index: number; readonly at: number; readonly value: number }[]
  readonly placeOfYear: (year: number) => number
  readonly placeOfValue: (value: number) => number
  readonly nearestYear: (pixels: number) => number
}

/** Pixels between two lines of small text. */
const lineHeight = 14

/** The shapes of a fan chart: nested ribbons between pairs of percentiles around the median. The same figures give the same paths. */
export const fanGeometry = ({ bands, firstYear, frame, lines = [], percentiles, actual = [] }: FanInput): FanGeometry => {
  const count = Math.max(0, ...[...bands, ...lines].map(values => values.length))
  const x = stepAxis(frame, firstYear, count, ticksFor(frame.width - frame.left - frame.right))
  const y = valueAxis(
    frame,
    [...[...bands, ...lines].flat(), ...actual.map(({ value }) => value)],
    Math.max(2, Math.floor((frame.height - frame.top - frame.bottom) / 60)),
  )
  const ribbon = area<number>()
    .digits(1)
    .x((_, step) => x.place(firstYear + step))
  const middle = Math.floor(bands.length / 2)
  const ribbons = Array.from({ length: Math.floor(percentiles.length / 2) }, (_, index) => {
    const opposite = percentiles.length - 1 - index
    const path = ribbon.y0((_, step) => y.place(bands[index]![step]!)).y1((_, step) => y.place(bands[opposite]![step]!))([
      ...(bands[index] ?? []),
    ])
    return { path: path ?? '', low: percentiles[index]!, high: percentiles[opposite]! }
  })
  const draw = line<number>()
    .digits(1)
    .x((_, step) => x.place(firstYear + step))
    .y(value => y.place(value))
  const lineOf = (values: readonly number[] = []): string => draw([...values]) ?? ''
  // From the bottom up: each label is at least one line above the one below it.
  let lowest = frame.height - frame.bottom + lineHeight
  const ends = percentiles.map((_, index) => {
    const value = bands[index]?.at(-1) ?? 0
    lowest = Math.min(y.place(value), lowest - lineHeight)
    return { index, at: lowest, value }
  })
  const points = actual.map(({ value, years }) => ({ x: x.place(firstYear + years), y: y.place(value) }))
  const through = line<(typeof points)[number]>()
    .digits(1)
    .x(point => point.x)
    .y(point => point.y)
  return {
    actual: { path: through(points) ?? '', points },
    ribbons,
    median: lineOf(bands[middle]),
    lines: lines.map(values => lineOf(values)),
    years: x.ticks,
    values: y.ticks,
    ends,
    placeOfYear: x.place,
    placeOfValue: y.place,
    nearestYear: x.nearest,
  }
}
