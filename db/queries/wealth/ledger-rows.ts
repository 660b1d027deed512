import { sql } from 'drizzle-orm'
import type { TransactionType } from '../../../domain/wealth/index.ts'
import type { Transaction } from '../../database.ts'
import { arrayText, plainArrayText } from '../array-text.ts'

/** The place of a transaction among all of its account. */
export interface LedgerPlace {
  readonly fingerprint: string
  /** Among those with the same fingerprint, from 1. */
  readonly occurrence: number
}

/** A transaction of the ledger, with what a row of a file is compared with. */
export interface LedgerRow extends LedgerPlace {
  readonly id: string
  readonly date: string
  readonly amount: string
  readonly description: string
  readonly externalId: string | undefined
  readonly type: TransactionType
  readonly symbol: string | undefined
  readonly quantity: string | null
  readonly isPending: boolean
  readonly reversesId: string | null
  readonly reversedById: string | null
}

/** The transactions of an account from a day to a day, both included, the oldest first. */
export const findLedgerRows = async (transaction: Transaction, accountId: string, from: string, to: string): Promise<LedgerRow[]> => {
  type Row = Omit<LedgerRow, 'externalId' | 'symbol'> & Record<'externalId' | 'symbol', string | null> & Record<string, unknown>
  const rows = await transaction.execute<Row>(sql`
    select t.id, t.date::text as date, t.amount::text as amount, t.description, t.external_id as "externalId", t.type, i.symbol,
      i.quantity::text as quantity, t.is_pending as "isPending", t.reverses_id as "reversesId", r.id as "reversedById", t.fingerprint, t.occurrence
    from wealth.transactions t left join wealth.investment_transactions i on i.transaction_id = t.id
      left join wealth.transactions r on r.reverses_id = t.id
    where t.account_id = ${accountId}::uuid and t.date between ${from}::date and ${to}::date order by t.date, t.id`)
  return rows.map(row => ({ ...row, externalId: row.externalId ?? undefined, symbol: row.symbol ?? undefined }))
}

/** The ids of the transactions of an account at some places, in the order of these. */
export const findPlacedIds = async (transaction: Transaction, accountId: string, places: readonly LedgerPlace[]): Promise<string[]> => {
  if (places.length === 0) return []
  const rows = await transaction.execute<{ id: string }>(sql`
    select t.id from unnest(${arrayText(places.map(({ fingerprint }) => fingerprint))}::text[],
      ${plainArrayText(places.map(({ occurrence }) => occurrence))}::integer[]) with ordinality as g (fingerprint, occurrence, place)
    join wealth.transactions t on t.account_id = ${accountId}::uuid and t.fingerprint = g.fingerprint and t.occurrence = g.occurrence
    order by g.place`)
  return rows.map(({ id }) => id)
}

/** The sum of the posted transactions of an account up to a day, with it. The opening balance is not in it. */
export const findLedgerTotal = async (transaction: Transaction, accountId: string, through: string | null): Promise<string> => {
  const [row] = await transaction.execute<{ total: string }>(
    sql`select wealth.ledger_total(${accountId}::uuid, ${through}::date)::text as total`,
  )
  return row!.total
}
