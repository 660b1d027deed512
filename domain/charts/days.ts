import { type Frame, rounded } from './scales.ts'

export interface DayLine {
  /** Where a day is on the line, in pixels. Day 0 is in the middle. */
  readonly place: (day: number) => number
  /** How high above the line the mark of each day stands, from 0, so that no two marks cover each other. */
  readonly levels: readonly number[]
  readonly levelCount: number
}

/** A line of days from `-reach` to `reach` with marks on some days. Marks that are nearer than `room` pixels stand above each other. */
export const dayLine = (
  days: readonly number[],
  reach: number,
  { left, right, width }: Pick<Frame, 'left' | 'right' | 'width'>,
  room: number,
): DayLine => {
  const place = (day: number) => rounded(left + ((day + reach) / (2 * reach)) * (width - left - right))
  const taken: number[][] = []
  const levels = days.map(day => {
    const at = place(day)
    const free = taken.findIndex(places => places.every(other => Math.abs(other - at) >= room))
    const level = free === -1 ? taken.push([]) - 1 : free
    taken[level]!.push(at)
    return level
  })
  return { place, levels, levelCount: taken.length }
}
