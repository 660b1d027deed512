import { eq, sql } from 'drizzle-orm'
import type { Transaction } from '../../database.ts'
import { transactionCategories } from '../../schema/wealth/categories.ts'
import { transactions, transactionSplits } from '../../schema/wealth/transactions.ts'
import { rowsOf } from '../rows.ts'

export const ownCategoryRows = rowsOf(transactionCategories)
export type OwnCategory = typeof transactionCategories.$inferSelect

/** All own categories of a household. */
export const findOwnCategories = (transaction: Transaction, householdId: string): Promise<OwnCategory[]> =>
  transaction.select().from(transactionCategories).where(eq(transactionCategories.householdId, householdId))

/** The number of transactions and parts of transactions that have an own category. */
export const countUses = async (transaction: Transaction, categoryId: string): Promise<number> => {
  const [whole, parts] = [
    await transaction.$count(transactions, eq(transactions.categoryId, categoryId)),
    await transaction.$count(transactionSplits, eq(transactionSplits.categoryId, categoryId)),
  ]
  return whole + parts
}

/** Gives everything with an own category another one, or the parent alone. */
export const replaceCategory = async (
  transaction: Transaction,
  categoryId: string,
  by: { readonly category: OwnCategory['parent']; readonly categoryId: string | null },
): Promise<void> => {
  await transaction
    .update(transactions)
    .set({ ...by, version: sql`${transactions.version} + 1` })
    .where(eq(transactions.categoryId, categoryId))
  await transaction.update(transactionSplits).set(by).where(eq(transactionSplits.categoryId, categoryId))
}
