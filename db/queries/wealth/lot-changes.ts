import { sql } from 'drizzle-orm'
import type { Transaction } from '../../database.ts'
import { plainArrayText } from '../array-text.ts'

/** Lets one calculation of lots of a household run at a time, until the transaction ends. Call it after the ledger was changed, not before. */
export const lockLots = async (transaction: Transaction, householdId: string): Promise<void> => {
  await transaction.execute(sql`select pg_advisory_xact_lock(hashtextextended('lots ' || ${householdId}, 0))`)
}

/** A security of which the ledger has changed since its lots were calculated, with the notes of these changes. */
export interface LotChange {
  readonly symbol: string
  readonly noteIds: readonly string[]
}

/** The securities of a household that wait to be calculated. */
export const findLotChanges = async (transaction: Transaction, householdId: string): Promise<LotChange[]> => {
  const rows = await transaction.execute<LotChange & Record<string, unknown>>(sql`
    select symbol, jsonb_agg(id) as "noteIds" from wealth.lot_changes where household_id = ${householdId}::uuid group by symbol order by symbol`)
  return [...rows]
}

/** Whether the stored lots of a household are those of its ledger. */
export const areLotsCurrent = async (transaction: Transaction, householdId: string): Promise<boolean> => {
  const [row] = await transaction.execute<{ current: boolean }>(
    sql`select not exists (select from wealth.lot_changes where household_id = ${householdId}::uuid) as current`,
  )
  return row!.current
}

/** Removes the notes of changes that a calculation has seen. Those that were committed since stay. */
export const removeLotChanges = async (transaction: Transaction, seen: readonly LotChange[]): Promise<void> => {
  const ids = seen.flatMap(({ noteIds }) => noteIds)
  if (ids.length > 0) await transaction.execute(sql`delete from wealth.lot_changes where id = any (${plainArrayText(ids)}::uuid[])`)
}
