import { sql } from 'drizzle-orm'
import type { LotProblemKind } from '../../../domain/wealth/index.ts'
import type { Transaction } from '../../database.ts'
import { arrayText } from '../array-text.ts'

/** What the lots of a security lack, with the transaction that it concerns. */
export interface StoredLotProblem {
  readonly transactionId: string
  readonly accountId: string
  readonly symbol: string
  readonly kind: LotProblemKind
  /** Shares that are concerned. */
  readonly quantity: string
  readonly type: string
  readonly date: string
  /** Shares of the transaction. */
  readonly moved: string | null
}

/** The problems of a household, of some of its securities or of all, by security and day. */
export const findLotProblems = async (
  transaction: Transaction,
  householdId: string,
  symbols: readonly string[] | null,
): Promise<StoredLotProblem[]> => [
  ...(await transaction.execute<StoredLotProblem & Record<string, unknown>>(sql`
    select p.transaction_id as "transactionId", p.account_id as "accountId", p.symbol, p.kind, trim_scale(p.quantity)::text as quantity, t.type,
      t.date::text as date, trim_scale(i.quantity)::text as moved
    from wealth.lot_problems p join wealth.transactions t on t.id = p.transaction_id
      join wealth.investment_transactions i on i.transaction_id = p.transaction_id
    where p.household_id = ${householdId}::uuid ${symbols === null ? sql`` : sql`and p.symbol = any (${arrayText(symbols)}::text[])`}
    order by p.symbol, t.date, p.transaction_id, p.kind`)),
]
