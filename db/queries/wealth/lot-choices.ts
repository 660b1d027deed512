import { eq, sql } from 'drizzle-orm'
import type { Transaction } from '../../database.ts'
import { identicalSecurities, lotChoices, lotElections } from '../../schema/wealth/lots.ts'
import { rowsOf } from '../rows.ts'

export const lotElectionRows = rowsOf(lotElections)
export const identicalSecurityRows = rowsOf(identicalSecurities)
export type LotChoiceRow = typeof lotChoices.$inferSelect

export const findLotChoice = async (transaction: Transaction, transactionId: string): Promise<LotChoiceRow | undefined> => {
  const [row] = await transaction.select().from(lotChoices).where(eq(lotChoices.transactionId, transactionId))
  return row
}

/** Stores the choice of a sale in place of the one that it had; undefined: none. */
export const replaceLotChoice = async (
  transaction: Transaction,
  transactionId: string,
  choice: Omit<typeof lotChoices.$inferInsert, 'transactionId'> | undefined,
): Promise<void> => {
  await transaction.delete(lotChoices).where(eq(lotChoices.transactionId, transactionId))
  if (choice) await transaction.insert(lotChoices).values({ ...choice, transactionId })
}

/**
 * Whether the law allows average cost for a security of an account: for shares of funds, and for shares that a dividend reinvestment plan has bought.
 * 26 CFR 1.1012-1(e)(1).
 */
export const allowsAverageCost = async (transaction: Transaction, accountId: string, symbol: string): Promise<boolean> => {
  const [row] = await transaction.execute<{ allowed: boolean }>(sql`
    select exists (select from market.instruments where symbol = ${symbol} and type in ('etf', 'mutual_fund'))
      or exists (select from wealth.investment_transactions i join wealth.transactions t on t.id = i.transaction_id
        where i.account_id = ${accountId}::uuid and i.symbol = ${symbol} and t.type = 'reinvestment') as allowed`)
  return row!.allowed
}
