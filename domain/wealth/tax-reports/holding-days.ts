import { addDays, type CalendarDate, Decimal, daysBetween } from '../../shared/index.ts'
import type { DaySpan } from './short-positions.ts'

/** Shares that were bought on one day and sold on another; null while they are held. */
export interface HoldingInterval {
  readonly from: CalendarDate
  readonly until: CalendarDate | null
  readonly quantity: string
  /** Days that do not count, because as many shares were sold short. They do not overlap. */
  readonly uncounted?: readonly DaySpan[]
}

/** Days before and after the ex-dividend date that count with it: 121 in all. */
const daysAround = 60

/** How many shares of a dividend fulfil the holding period. */
export interface QualifyingShares {
  /** Shares that get the dividend: bought before the ex-dividend date, and not sold before it. */
  readonly entitled: string
  readonly qualifying: string
  /** Shares that fulfil it only if they are not sold too soon after `asOf`. They are in `qualifying`. */
  readonly undecided: string
  /** The longest number of days that shares not fulfilling it were held in the period; null if all fulfil it. */
  readonly longestDays: number | null
}

const earlier = (left: CalendarDate, right: CalendarDate): CalendarDate => (left < right ? left : right)
const later = (left: CalendarDate, right: CalendarDate): CalendarDate => (left > right ? left : right)

const daysOf = (first: CalendarDate, last: CalendarDate): number => Math.max(0, daysBetween(first, last) + 1)

/**
 * Days on which shares were held in the 121 days that begin 60 days before the ex-dividend date. The day of the sale counts, the day of the
 * purchase does not. Days of `uncounted` are left out, IRC 246(c)(4).
 * @param asOf the last day that is known; shares that are held then count up to it
 */
export const daysHeld = ({ from, uncounted = [], until }: HoldingInterval, exDate: CalendarDate, asOf: CalendarDate): number => {
  const first = later(addDays(from, 1), addDays(exDate, -daysAround))
  const last = earlier(until ?? asOf, addDays(exDate, daysAround))
  const reduced = uncounted.map(span => daysOf(later(span.from, first), earlier(span.until ?? last, last)))
  return daysOf(first, last) - reduced.reduce((sum, days) => sum + days, 0)
}

/**
 * The shares that get a dividend, and those held for more than 60 days of its 121-day period. The longer period of preferred stock, and days
 * with a diminished risk of loss for another reason than a short sale, are not known here.
 * Source: IRC 1(h)(11)(B)(iii), 246(c); Publication 550, chapter 1, "Qualified Dividends", "Holding period".
 */
export const qualifyingShares = (holdings: readonly HoldingInterval[], exDate: CalendarDate, asOf: CalendarDate): QualifyingShares => {
  let [entitled, qualifying, undecided] = [new Decimal(0), new Decimal(0), new Decimal(0)]
  let longestDays: number | null = null
  for (const holding of holdings) {
    if (holding.from >= exDate || (holding.until !== null && holding.until < exDate)) continue
    entitled = entitled.plus(holding.quantity)
    const days = daysHeld(holding, exDate, asOf)
    // Who still holds the shares can reach the period after the last day that is known.
    const canReach = holding.until === null && daysHeld(holding, exDate, addDays(exDate, daysAround)) > daysAround
    if (days > daysAround || canReach) qualifying = qualifying.plus(holding.quantity)
    else longestDays = Math.max(longestDays ?? 0, days)
    if (days <= daysAround && canReach) undecided = undecided.plus(holding.quantity)
  }
  return { entitled: entitled.toFixed(), qualifying: qualifying.toFixed(), undecided: undecided.toFixed(), longestDays }
}
