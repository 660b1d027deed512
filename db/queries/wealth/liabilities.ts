import { eq } from 'drizzle-orm'
import type { Transaction } from '../../database.ts'
import { accountLiabilities } from '../../schema/wealth/liabilities.ts'

export type Liability = typeof accountLiabilities.$inferSelect

/** The terms of the debt of an account. */
export const findLiability = async (transaction: Transaction, accountId: string): Promise<Liability | undefined> => {
  const [row] = await transaction.select().from(accountLiabilities).where(eq(accountLiabilities.accountId, accountId))
  return row
}

/** Replaces the terms of a locked account; undefined removes them. */
export const replaceLiability = async (
  transaction: Transaction,
  accountId: string,
  row: typeof accountLiabilities.$inferInsert | undefined,
): Promise<void> => {
  await transaction.delete(accountLiabilities).where(eq(accountLiabilities.accountId, accountId))
  if (row) await transaction.insert(accountLiabilities).values(row)
}
