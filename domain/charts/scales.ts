import { scaleLinear } from 'd3-scale'

/** A place on an axis, in pixels, with the value that it stands for. */
export interface Tick {
  readonly at: number
  readonly value: number
}

/** The room of a chart, in pixels. The margins are for the words of the axes. */
export interface Frame {
  readonly width: number
  readonly height: number
  readonly left: number
  readonly right: number
  readonly top: number
  readonly bottom: number
}

/** Coordinates to a tenth of a pixel: shorter texts, and the same on every machine. */
export const rounded = (pixels: number): number => Math.round(pixels * 10) / 10

/** A vertical axis from 0, or from the smallest value if that is negative, to at least the largest value. */
export const valueAxis = ({ bottom, height, top }: Frame, values: Iterable<number>, tickCount = 5) => {
  let least = 0
  let most = 0
  for (const value of values) {
    least = Math.min(least, value)
    most = Math.max(most, value)
  }
  const scale = scaleLinear([least, most === least ? least + 1 : most], [height - bottom, top]).nice(tickCount)
  return {
    place: (value: number) => rounded(scale(value)),
    ticks: scale.ticks(tickCount).map(value => ({ at: rounded(scale(value)), value })),
  }
}

/** A horizontal axis of whole steps, such as years: the first at the left edge, the last at the right edge. */
export const stepAxis = ({ left, right, width }: Frame, first: number, count: number, tickCount = 8) => {
  const last = first + Math.max(count - 1, 1)
  const scale = scaleLinear([first, last], [left, width - right])
  const ticks = scale.ticks(Math.max(2, Math.min(tickCount, count))).filter(Number.isInteger)
  return {
    place: (step: number) => rounded(scale(step)),
    ticks: ticks.map(value => ({ at: rounded(scale(value)), value })),
    /** The step that is nearest to a place. */
    nearest: (pixels: number) => Math.max(first, Math.min(first + count - 1, Math.round(scale.invert(pixels)))),
  }
}

/** How many words fit under an axis of this width. */
export const ticksFor = (width: number, pixelsPerTick = 70): number => Math.max(2, Math.floor(width / pixelsPerTick))
