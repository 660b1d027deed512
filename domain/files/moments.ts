import { type DateReading, microsecondsPerDay, readWrittenTime } from './dates.ts'
import { shownCell } from './numbers.ts'
import { LocalClock } from './zones.ts'

export type ReadMoment =
  | {
      /** Microseconds from 1970 UTC; of a date without a time, its midnight in the timezone. */
      readonly micros: number
      /** Days from 1970 of the date that is written; of a time that is counted from 1970, of the date in the timezone. */
      readonly day: number
      /** Whether a time other than midnight is written. */
      readonly hasTime: boolean
    }
  | { readonly fault: string }

/** Reads moments row by row. A time without an offset is of the timezone, or UTC if there is none. */
export const momentReader = (reading: DateReading & { readonly timezone?: string | null | undefined }) => {
  const zone = reading.timezone && reading.timezone !== 'UTC' ? new LocalClock(reading.timezone) : undefined
  return (text: string, clock?: string, series?: string): ReadMoment => {
    const written = readWrittenTime(text, reading, clock)
    if ('fault' in written) return written
    const { day, isEpoch, micros = 0, offsetMinutes } = written
    const local = day * microsecondsPerDay + micros
    const hasTime = micros !== 0
    if (isEpoch && zone) {
      const shown = zone.localOf(local)
      const shownDay = Math.floor(shown / microsecondsPerDay)
      return { micros: local, day: shownDay, hasTime: shown !== shownDay * microsecondsPerDay }
    }
    if (offsetMinutes !== undefined) return { micros: local - offsetMinutes * 60_000_000, day, hasTime }
    const instant = zone ? zone.instantOf(local, series) : local
    if (instant === undefined) return { fault: `${shownCell(text)} does not exist in ${reading.timezone}: the clocks skip it` }
    return { micros: instant, day, hasTime }
  }
}
