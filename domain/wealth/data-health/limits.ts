import { epochDayOf } from '../../shared/index.ts'

/** How old or how large something may be before it is a finding. Ages of balances are those of `balanceAgeDays`, of rates `rateAgeDays`. */
export const healthLimits = {
  /** Days of prices that are checked. */
  priceDays: 70,
  /** Trading days in a row without a price. A price may be as old. */
  gapTradingDays: 5,
  /** Days from the split of the market data to the one of the ledger. */
  splitDays: 10,
  /** Whole months without transactions, in an account that has some in most months. */
  gapMonths: 2,
  /** Months with transactions that an account needs before a gap is one. */
  regularMonths: 6,
  pendingDays: 14,
  /** Days that the other half of a transfer may take. */
  transferDays: 7,
  /** How far back transactions are checked for categories, transfers and duplicates. */
  labelDays: 365,
  syncDays: 3,
  /** Hours since the last synchronisation before failures are shown: one that fails is tried again. */
  failingHours: 24,
  /** Days before the consent at an institution ends. */
  consentDays: 14,
  openImportHours: 24,
  workMinutes: 60,
  /** Days for which rows that an import could not read are shown. */
  rejectedDays: 30,
} as const

const minute = 60_000
const hour = 60 * minute
const day = 24 * hour

/** Milliseconds since 1970 of an instant of RFC 3339 in UTC. */
const millisecondsOf = (instant: string): number =>
  epochDayOf(instant.slice(0, 10)) * day +
  Number(instant.slice(11, 13)) * hour +
  Number(instant.slice(14, 16)) * minute +
  Number(instant.slice(17, -1)) * 1000

/** Milliseconds from one instant to another: RFC 3339, in UTC. */
export const elapsed = (from: string, to: string): number => millisecondsOf(to) - millisecondsOf(from)
export const ofDays = (days: number): number => days * day
export const ofHours = (hours: number): number => hours * hour
export const ofMinutes = (minutes: number): number => minutes * minute
