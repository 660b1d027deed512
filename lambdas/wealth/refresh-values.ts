import type { Transaction } from '../../db/database.ts'
import { householdRows } from '../../db/queries/identity/index.ts'
import { accountsOfHousehold } from '../../db/queries/wealth/accounts.ts'
import {
  findLedgerSymbols,
  findValueChanges,
  lockValues,
  type QuarterValues,
  readHistoryPrices,
  removeHistory,
  removeValueChanges,
  storeHistory,
} from '../../db/queries/wealth/value-histories.ts'
import { dateOfEpochDay, epochDayOf } from '../../domain/shared/index.ts'
import { type AccountDays, changeKinds, inQuarters, joinGaps, sumAccounts } from '../../domain/wealth/net-worth/index.ts'
import { inHouseholdTransaction } from '../runtime/database.ts'
import type { TaskRequest } from '../runtime/run-task.ts'
import { todayIn } from '../runtime/today.ts'
import { readHistory } from './read-performance.ts'
import { continuationOf, readStoredHistory } from './stored-history.ts'

/** Days that are stored before they come, so that a new day finds its value. */
const daysAhead = 2

/** A history that was calculated from its beginning so many days ago is calculated from there again. */
const lifetimeDays = 7

const runningSums = (amounts: Float64Array): number[] => {
  let sum = 0
  return Array.from(amounts, amount => (sum += amount))
}

/** The days of an account by quarter; quarters in which it has nothing are left out. */
const quartersOf = (account: AccountDays, firstDay: number, lastDay: number): QuarterValues[] =>
  inQuarters(firstDay, lastDay).flatMap(({ from, to }) => {
    const part = (numbers: Float64Array) => numbers.subarray(from - firstDay, to - firstDay + 1)
    const isEmpty = (numbers: Float64Array) => part(numbers).every(amount => amount === 0)
    if (isEmpty(account.value) && changeKinds.every(kind => isEmpty(account[kind]))) return []
    return {
      accountId: account.accountId,
      firstDay: from,
      value: [...part(account.value)],
      flow: runningSums(part(account.flow)),
      income: runningSums(part(account.income)),
      fees: runningSums(part(account.fees)),
      priceGain: runningSums(part(account.priceGain)),
      currencyGain: runningSums(part(account.currencyGain)),
    }
  })

/**
 * Calculates the stored value history of a household again from the first day that has changed. The result is the same as from the beginning. Call it last in a
 * transaction: it waits for other calculations of the household.
 * @returns how many days were calculated
 */
export const refreshValues = async (transaction: Transaction, householdId: string): Promise<number> => {
  await lockValues(transaction, householdId)
  const household = await householdRows.find(transaction, householdId)
  if (!household) return 0
  const { currency, timezone } = household
  const today = epochDayOf(todayIn(timezone))
  // Before all that is calculated from: what changes meanwhile is noted, or has a new revision, and is seen the next time.
  const seen = await findValueChanges(transaction, householdId)
  const stored = await readStoredHistory(transaction, household)
  if (stored && stored.changedFrom > stored.lastDay && stored.lastDay > today) return 0
  const prices = await readHistoryPrices(transaction, await findLedgerSymbols(transaction, householdId))
  const continued = await continuationOf(transaction, householdId, stored)
  const accountIds = (await accountsOfHousehold(transaction, householdId)).map(({ id }) => id)
  const lastDay = today + daysAhead
  const checkpoints = inQuarters(continued ? continued.state.day + 1 : 0, today)
    .map(({ to }) => to)
    .filter(day => day < today)
  const history = await readHistory(transaction, accountIds, currency, dateOfEpochDay(lastDay), { continued, checkpoints })
  if (!history) {
    await removeHistory(transaction, householdId)
    await removeValueChanges(transaction, seen)
    return 0
  }
  const day = history.firstDay - 1
  await storeHistory(transaction, householdId, {
    currency,
    firstDay: continued?.since ?? history.firstDay,
    lastDay,
    isContinued: continued !== undefined,
    fromDay: history.firstDay,
    prices,
    unpriced: joinGaps(continued ? stored!.unpriced : [], day, history.unpriced),
    unconverted: joinGaps(continued ? stored!.unconverted : [], day, history.unconverted),
    expiresAt: continued ? stored!.expiresAt : new Date(Date.now() + lifetimeDays * 86_400_000).toISOString(),
    quarters: sumAccounts(history, history.closedDays).flatMap(account => quartersOf(account, history.firstDay, lastDay)),
    states: history.states,
  })
  await removeValueChanges(transaction, seen)
  return lastDay - history.firstDay + 1
}

/** Calculates the stored value history of a household in a transaction of its own, which acts for the household. */
export const refreshValuesOf = (identity: TaskRequest, householdId: string): Promise<number> =>
  inHouseholdTransaction({ ...identity, householdId }, transaction => refreshValues(transaction, householdId))
