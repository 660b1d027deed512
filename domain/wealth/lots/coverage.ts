import { addDays, type CalendarDate } from '../../shared/index.ts'
import { WASH_SALE_DAYS } from './wash-sales.ts'

/** What is recorded of an account that can hold securities. */
export interface AccountCoverage {
  readonly accountId: string
  readonly openedOn: CalendarDate | null
  readonly closedOn: CalendarDate | null
  /** The first transaction. */
  readonly firstOn: CalendarDate | null
  /** Where later transactions come from. By hand: they are entered at once. */
  readonly source: 'person' | 'import' | 'plaid'
  /** Of a file or a connection: the last day that it has brought. */
  readonly throughOn: CalendarDate | null
}

export interface CoverageGap {
  readonly accountId: string
  readonly from: CalendarDate
  readonly to: CalendarDate
  readonly reason: string
}

/**
 * `watching`: the days after the sale are not over. `incomplete`: the records of an account do not cover the 61 days, so that a purchase there
 * could be missing. `certain`: neither.
 */
export type WashSaleState = 'certain' | 'watching' | 'incomplete'

const earlier = (one: CalendarDate, other: CalendarDate): CalendarDate => (one < other ? one : other)
const later = (one: CalendarDate, other: CalendarDate): CalendarDate => (one > other ? one : other)

/** The days around a sale in which a purchase makes it a wash sale, both ends included. IRC 1091(a). */
export const washSaleWindow = (soldOn: CalendarDate): { readonly from: CalendarDate; readonly to: CalendarDate } => ({
  from: addDays(soldOn, -WASH_SALE_DAYS),
  to: addDays(soldOn, WASH_SALE_DAYS),
})

/** The days from `first` to `last` in which the account was open and of which nothing is recorded. A closed account is recorded to its end. */
const gapsOf = (account: AccountCoverage, first: CalendarDate, last: CalendarDate, today: CalendarDate): CoverageGap[] => {
  const { accountId, closedOn, firstOn, openedOn, source, throughOn } = account
  const from = openedOn === null ? first : later(first, openedOn)
  const to = closedOn === null ? last : earlier(last, closedOn)
  if (from > to) return []
  const begin = openedOn ?? firstOn
  if (begin === null) return [{ accountId, from, to, reason: 'Nothing of the account is recorded.' }]
  const end = closedOn ?? (source === 'person' ? today : (throughOn ?? begin))
  return [
    ...(begin > from ? [{ accountId, from, to: earlier(to, addDays(begin, -1)), reason: `The records begin on ${begin}.` }] : []),
    ...(end < to ? [{ accountId, from: later(from, addDays(end, 1)), to, reason: `The records end on ${end}.` }] : []),
  ]
}

/** Whether all purchases around a sale are known, and of which accounts they are not. */
export const washSaleCoverage = (
  soldOn: CalendarDate,
  accounts: readonly AccountCoverage[],
  today: CalendarDate,
): { readonly state: WashSaleState; readonly gaps: readonly CoverageGap[] } => {
  const { from, to } = washSaleWindow(soldOn)
  const gaps = accounts.flatMap(account => gapsOf(account, from, earlier(to, today), today))
  if (gaps.length > 0) return { state: 'incomplete', gaps }
  return { state: today <= to ? 'watching' : 'certain', gaps }
}
