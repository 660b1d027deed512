import { type CalendarDate, epochDayOf } from '../../shared/index.ts'
import type { ExchangeCalendar } from './facts.ts'

/** ISO 8601 weekday of a day since 1970-01-01, which was a Thursday. */
const weekdayOf = (epochDay: number): number => ((((epochDay + 3) % 7) + 7) % 7) + 1

/** Counts the days on which an exchange trades. Without a calendar, it is Monday to Friday. */
export class TradingDays {
  readonly #weekdays: ReadonlySet<number>
  readonly #holidays: ReadonlySet<number>

  constructor(calendar: ExchangeCalendar | undefined) {
    this.#weekdays = new Set(calendar?.tradingDays ?? [1, 2, 3, 4, 5])
    this.#holidays = new Set(calendar?.holidays.map(epochDayOf))
  }

  /** Trading days after the first and before the second of two days since 1970-01-01. */
  betweenDays(after: number, before: number): number {
    let count = 0
    for (let day = after + 1; day < before; day += 1) if (this.#weekdays.has(weekdayOf(day)) && !this.#holidays.has(day)) count += 1
    return count
  }

  between(after: CalendarDate, before: CalendarDate): number {
    return this.betweenDays(epochDayOf(after), epochDayOf(before))
  }
}
