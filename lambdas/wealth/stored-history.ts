import type { Transaction } from '../../db/database.ts'
import { findStateBefore, findStoredHistory, type StoredHistory } from '../../db/queries/wealth/value-histories.ts'
import type { HistoryOptions } from './read-performance.ts'

/** A stored value history in the currency of its household. Days since 1970-01-01. */
export interface UsableHistory extends StoredHistory {
  /** From this day on it has to be calculated: something has changed, or nothing is stored. */
  readonly changedFrom: number
}

/** The stored value history of a household; undefined if there is none that can be used. */
export const readStoredHistory = async (
  transaction: Transaction,
  { currency, id }: { readonly id: string; readonly currency: string },
): Promise<UsableHistory | undefined> => {
  const stored = await findStoredHistory(transaction, id)
  if (stored?.currency !== currency) return undefined
  return { ...stored, changedFrom: Math.min(stored.changedFrom ?? stored.lastDay + 1, stored.lastDay + 1) }
}

/** From where a history is calculated that is stored in part; undefined: from its beginning. */
export const continuationOf = async (
  transaction: Transaction,
  householdId: string,
  stored: UsableHistory | undefined,
): Promise<HistoryOptions['continued']> => {
  const state = stored && (await findStateBefore(transaction, householdId, stored.changedFrom))
  return state && { state, since: stored.firstDay }
}
