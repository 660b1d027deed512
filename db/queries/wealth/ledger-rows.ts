import { sql } from 'drizzle-orm'
import type { TransactionType } from '../../../domain/wealth/index.ts'
import type { Transaction } from '../../database.ts'

/** A transaction of the ledger, with what a row of a file is compared with. */
export interface LedgerRow {
  readonly id: string
  readonly date: string
  readonly amount: string
  readonly description: string
  readonly externalId: string | undefined
  readonly type: TransactionType
  readonly symbol: string | undefined
  readonly fingerprint: string
  readonly occurrence: number
}

/** The transactions of an account from a day to a day, both included, the oldest first. */
export const findLedgerRows = async (transaction: Transaction, accountId: string, from: string, to: string): Promise<LedgerRow[]> => {
  type Row = Omit<LedgerRow, 'externalId' | 'symbol'> & Record<'externalId' | 'symbol', string | null> & Record<string, unknown>
  const rows = await transaction.execute<Row>(sql`
    select t.id, t.date::text as date, t.amount::text as amount, t.description, t.external_id as "externalId", t.type, i.symbol, t.fingerprint,
      t.occurrence
    from wealth.transactions t left join wealth.investment_transactions i on i.transaction_id = t.id
    where t.account_id = ${accountId}::uuid and t.date between ${from}::date and ${to}::date order by t.date, t.id`)
  return rows.map(row => ({ ...row, externalId: row.externalId ?? undefined, symbol: row.symbol ?? undefined }))
}

/** The sum of the posted transactions of an account up to a day, with it. The opening balance is not in it. */
export const findLedgerTotal = async (transaction: Transaction, accountId: string, through: string | null): Promise<string> => {
  const [row] = await transaction.execute<{ total: string }>(
    sql`select wealth.ledger_total(${accountId}::uuid, ${through}::date)::text as total`,
  )
  return row!.total
}
