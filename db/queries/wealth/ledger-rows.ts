import { sql } from 'drizzle-orm'
import type { Transaction } from '../../database.ts'

/** A transaction of the ledger, with what a row of a file is compared with. */
export interface LedgerRow {
  readonly id: string
  readonly date: string
  readonly amount: string
  readonly description: string
  readonly externalId: string | null
  readonly fingerprint: string
  readonly occurrence: number
}

/** The transactions of an account from a day to a day, both included, the oldest first. */
export const findLedgerRows = async (transaction: Transaction, accountId: string, from: string, to: string): Promise<LedgerRow[]> =>
  transaction.execute<LedgerRow & Record<string, unknown>>(sql`
    select id, date::text as date, amount::text as amount, description, external_id as "externalId", fingerprint, occurrence
    from wealth.transactions where account_id = ${accountId}::uuid and date between ${from}::date and ${to}::date order by date, id`)

/** The sum of the posted transactions of an account up to a day, with it. The opening balance is not in it. */
export const findLedgerTotal = async (transaction: Transaction, accountId: string, through: string | null): Promise<string> => {
  const [row] = await transaction.execute<{ total: string }>(
    sql`select wealth.ledger_total(${accountId}::uuid, ${through}::date)::text as total`,
  )
  return row!.total
}
