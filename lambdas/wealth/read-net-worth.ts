import type { Transaction } from '../../db/database.ts'
import { type AskedQuarter, readStoredValues, type StoredHistory } from '../../db/queries/wealth/value-histories.ts'
import { epochDayOf } from '../../domain/shared/index.ts'
import {
  type ChangeKind,
  changeKinds,
  chartDays,
  inQuarters,
  joinGaps,
  quarterEnd,
  quarterStart,
  sumAccounts,
} from '../../domain/wealth/net-worth/index.ts'
import type { ValueGap } from '../../domain/wealth/index.ts'
import { readHistory, type ReadHistory } from './read-performance.ts'
import { continuationOf, readStoredHistory } from './stored-history.ts'

/** A range of days that is asked for, and the days of its chart. Days since 1970-01-01. */
interface AskedRange {
  readonly from: number
  readonly to: number
  readonly days: readonly number[]
}

/** What is added up of an account: its values on days, and what changed them in the range. */
interface AccountSums extends Record<ChangeKind, number> {
  readonly values: Map<number, number>
}

type Sums = Map<string | null, AccountSums>

const sumsOf = (sums: Sums, accountId: string | null): AccountSums => {
  const known = sums.get(accountId)
  if (known) return known
  const added = { values: new Map<number, number>(), flow: 0, income: 0, fees: 0, priceGain: 0, currencyGain: 0 }
  sums.set(accountId, added)
  return added
}

/** Adds the days of a stored history up to one of them. */
const addStored = async (
  transaction: Transaction,
  householdId: string,
  sums: Sums,
  { firstDay }: StoredHistory,
  { days, from, to }: AskedRange,
  last: number,
): Promise<void> => {
  const asked = [...new Set([from - 1, ...days])].filter(day => day >= firstDay && day <= last)
  const byQuarter = Map.groupBy(asked, day => Math.max(firstDay, quarterStart(day)))
  for (const span of inQuarters(from, Math.min(to, last))) {
    const start = Math.max(firstDay, quarterStart(span.from))
    if (!byQuarter.has(start)) byQuarter.set(start, [])
  }
  const quarters = [...byQuarter].map(([start, own]): AskedQuarter => {
    const end = Math.min(to, last, quarterEnd(start))
    return {
      firstDay: start,
      days: own,
      after: Math.max(0, from - start),
      until: Math.max(0, end - start + 1),
    }
  })
  for (const { accountId, days: stored, values, ...changes } of await readStoredValues(transaction, householdId, quarters)) {
    const account = sumsOf(sums, accountId)
    for (const [place, day] of stored.entries()) account.values.set(day, values[place]!)
    for (const kind of changeKinds) account[kind] += changes[kind]
  }
}

/** Adds the days of a calculated history. */
const addCalculated = (sums: Sums, history: ReadHistory, { days, from, to }: AskedRange): void => {
  const { firstDay } = history
  const asked = [from - 1, ...days].filter(day => day >= firstDay)
  for (const account of sumAccounts(history, history.closedDays)) {
    const own = sumsOf(sums, account.accountId)
    for (const day of asked) own.values.set(day, account.value[day - firstDay]!)
    for (const kind of changeKinds)
      own[kind] += account[kind]
        .subarray(Math.max(0, from - firstDay), Math.max(0, to - firstDay + 1))
        .reduce((sum, amount) => sum + amount, 0)
  }
}

/** The value history of a household as far as it is stored and right, up to the day `last`, and the rest as it is calculated now. */
interface Parts {
  readonly firstDay: number
  readonly stored: StoredHistory | undefined
  readonly last: number
  readonly calculated: ReadHistory | undefined
}

/** Undefined without any history. */
const readParts = async (
  transaction: Transaction,
  household: { readonly id: string; readonly currency: string },
  accountIds: readonly string[],
  today: string,
): Promise<Parts | undefined> => {
  const { currency, id } = household
  const lastDay = epochDayOf(today)
  const stored = await readStoredHistory(transaction, household)
  if (stored && stored.changedFrom > lastDay) return { firstDay: stored.firstDay, stored, last: lastDay, calculated: undefined }
  const continued = await continuationOf(transaction, id, stored)
  const calculated = await readHistory(transaction, accountIds, currency, today, { continued })
  if (!calculated) return undefined
  return continued
    ? { firstDay: continued.since, stored: stored!, last: continued.state.day, calculated }
    : { firstDay: calculated.firstDay, stored: undefined, last: calculated.firstDay - 1, calculated }
}

/** Both parts added up. */
const readSums = async (
  transaction: Transaction,
  householdId: string,
  { calculated, last, stored }: Parts,
  range: AskedRange,
): Promise<Sums> => {
  const sums: Sums = new Map()
  if (stored) await addStored(transaction, householdId, sums, stored, range, last)
  if (calculated) addCalculated(sums, calculated, range)
  return sums
}

/** The holdings that the values leave out: those without a price, and those without an exchange rate. */
interface Gaps {
  readonly unpriced: readonly ValueGap[]
  readonly unconverted: readonly ValueGap[]
}

const gapsOf = ({ calculated, last, stored }: Parts, today: string): Gaps => {
  const through = Math.min(last, epochDayOf(today))
  const join = (kind: keyof Gaps) => joinGaps(stored?.[kind] ?? [], through, calculated?.[kind] ?? [])
  return { unpriced: join('unpriced'), unconverted: join('unconverted') }
}

/** The values of an account and its changes in a range. Estimates in the currency of the household. */
export interface AccountChange extends Readonly<Record<ChangeKind, number>> {
  readonly accountId: string | null
  readonly beginValue: number
  readonly endValue: number
  readonly values: readonly number[]
}

export interface NetWorth extends Gaps {
  readonly firstDay: number
  /** Null: the range ends before the history begins. */
  readonly range: (AskedRange & { readonly accounts: readonly AccountChange[] }) | null
}

/**
 * The values of the accounts of a household over time, never of an older state of the ledger or of prices: what has changed since the history was stored is
 * calculated here. Undefined if there is no history.
 * @param asked days since 1970-01-01; `to` is not after today
 */
export const readNetWorth = async (
  transaction: Transaction,
  household: { readonly id: string; readonly currency: string },
  accountIds: readonly string[],
  today: string,
  asked: { readonly from: number | undefined; readonly to: number },
): Promise<NetWorth | undefined> => {
  const parts = await readParts(transaction, household, accountIds, today)
  if (!parts) return undefined
  const { firstDay } = parts
  const gaps = gapsOf(parts, today)
  if (asked.to < firstDay) return { firstDay, range: null, ...gaps }
  const from = Math.max(firstDay, asked.from ?? firstDay)
  const range = { from, to: asked.to, days: chartDays(from - 1, asked.to) }
  const sums = await readSums(transaction, household.id, parts, range)
  const accounts = [...accountIds, null].flatMap(accountId => {
    const found = sums.get(accountId)
    if (!found) return []
    const { values, ...changes } = found
    return {
      accountId,
      ...changes,
      beginValue: values.get(from - 1) ?? 0,
      endValue: values.get(range.to) ?? 0,
      values: range.days.map(day => values.get(day) ?? 0),
    }
  })
  return { firstDay, range: { ...range, accounts }, ...gaps }
}

/** The values of accounts at the ends of some days. Estimates in the currency of the household. */
export interface ReadValues extends Gaps {
  /** 0 where the account has nothing. */
  readonly valueOf: (accountId: string, day: number) => number
}

/** The same values on some days alone. @param days since 1970-01-01, at least one, in their order, not after today */
export const readValues = async (
  transaction: Transaction,
  household: { readonly id: string; readonly currency: string },
  accountIds: readonly string[],
  today: string,
  days: readonly number[],
): Promise<ReadValues | undefined> => {
  const parts = await readParts(transaction, household, accountIds, today)
  if (!parts) return undefined
  const to = days.at(-1)!
  const sums = await readSums(transaction, household.id, parts, { from: to, to, days })
  return { valueOf: (accountId, day) => sums.get(accountId)?.values.get(day) ?? 0, ...gapsOf(parts, today) }
}
