import { daysInMonth, epochDay, monthNumber, partsOfEpochDay, partsOfMonthNumber } from '../../shared/index.ts'

export const recurringPeriods = ['weekly', 'biweekly', 'semi_monthly', 'monthly', 'quarterly', 'half_yearly', 'yearly'] as const
export type RecurringPeriod = (typeof recurringPeriods)[number]

export interface PeriodTerms {
  /** The usual days between two payments. */
  readonly days: number
  /** How many days a payment may be early or late: weekends, holidays, ends of months. */
  readonly tolerance: number
  /** The least number of payments that show it. */
  readonly minimum: number
}

export const periodTerms: Readonly<Record<RecurringPeriod, PeriodTerms>> = {
  weekly: { days: 7, tolerance: 1, minimum: 4 },
  biweekly: { days: 14, tolerance: 2, minimum: 4 },
  semi_monthly: { days: 15.22, tolerance: 3, minimum: 4 },
  monthly: { days: 30.44, tolerance: 4, minimum: 3 },
  quarterly: { days: 91.31, tolerance: 6, minimum: 3 },
  half_yearly: { days: 182.62, tolerance: 8, minimum: 3 },
  yearly: { days: 365.24, tolerance: 10, minimum: 2 },
}

/** The places of a period in time: each has a number, and the day on which its payment is expected. */
export interface Schedule {
  readonly placeOf: (day: number) => number
  readonly dayOf: (place: number) => number
}

/** The value that occurs most; of several the first. */
const mostFrequent = (values: readonly number[]): number => {
  const counts = new Map<number, number>()
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1)
  return [...counts].reduce((best, entry) => (entry[1] > best[1] ? entry : best))[0]
}

const everyDays = (days: readonly number[], length: number): Schedule => {
  const phase = mostFrequent(days.map(day => ((day % length) + length) % length))
  return { placeOf: day => Math.round((day - phase) / length), dayOf: place => phase + place * length }
}

const dayInMonth = (month: number, wanted: number): number => {
  const parts = partsOfMonthNumber(month)
  return epochDay(parts.year, parts.month, Math.min(wanted, daysInMonth(parts.year, parts.month)))
}

const monthOfDay = (day: number): number => {
  const { month, year } = partsOfEpochDay(day)
  return monthNumber(year, month)
}

const onMonthDay = (wanted: number, first: number, length: number): Schedule => {
  const dayOf = (place: number) => dayInMonth(first + place * length, wanted)
  return {
    dayOf,
    placeOf: day => {
      const guess = Math.round((monthOfDay(day) - first) / length)
      return [guess - 1, guess, guess + 1].reduce((best, place) =>
        Math.abs(dayOf(place) - day) < Math.abs(dayOf(best) - day) ? place : best,
      )
    },
  }
}

/** How far days are from a schedule. Weekends make payments late, so that an early one counts half as much again. */
const distanceOf = ({ dayOf, placeOf }: Schedule, days: readonly number[]): number =>
  days.reduce((sum, day) => {
    const late = day - dayOf(placeOf(day))
    return sum + (late < 0 ? -1.5 * late : late)
  }, 0)

const everyMonths = (days: readonly number[], length: number): Schedule => {
  const inMonth = days.map(day => partsOfEpochDay(day).day)
  const anchor = monthOfDay(days[0]!)
  let best: { readonly schedule: Schedule; readonly distance: number } | undefined
  // A payment of the end of the month can be posted on other days in every month.
  for (const wanted of new Set([mostFrequent(inMonth), ...inMonth, 31])) {
    const shifts = length === 1 ? [0] : [-1, 0, 1]
    for (const shift of shifts) {
      const schedule = onMonthDay(wanted, anchor + shift, length)
      const distance = distanceOf(schedule, days)
      if (!best || distance < best.distance) best = { schedule, distance }
    }
  }
  return best!.schedule
}

const twiceAMonth = (days: readonly number[]): Schedule => {
  const inMonth = days.map(day => partsOfEpochDay(day).day)
  const one = mostFrequent(inMonth)
  const others = inMonth.filter(day => Math.abs(day - one) >= 8 && Math.abs(day - one) <= 22)
  const other = others.length === 0 ? ((one + 14) % 30) + 1 : mostFrequent(others)
  const wanted = [Math.min(one, other), Math.max(one, other)] as const
  const dayOf = (place: number) => dayInMonth(Math.floor(place / 2), wanted[place & 1]!)
  return {
    dayOf,
    placeOf: day => {
      const guess = 2 * monthOfDay(day)
      return [guess - 1, guess, guess + 1, guess + 2].reduce((best, place) =>
        Math.abs(dayOf(place) - day) < Math.abs(dayOf(best) - day) ? place : best,
      )
    },
  }
}

/**
 * The schedule of a period that fits some days best.
 * @param days days from 1970-01-01, ascending, one at least
 */
export const scheduleOf = (period: RecurringPeriod, days: readonly number[]): Schedule => {
  switch (period) {
    case 'weekly':
      return everyDays(days, 7)
    case 'biweekly':
      return everyDays(days, 14)
    case 'semi_monthly':
      return twiceAMonth(days)
    case 'monthly':
      return everyMonths(days, 1)
    case 'quarterly':
      return everyMonths(days, 3)
    case 'half_yearly':
      return everyMonths(days, 6)
    case 'yearly':
      return everyMonths(days, 12)
  }
}
