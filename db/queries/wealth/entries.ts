import { eq, sql } from 'drizzle-orm'
import type { Transaction } from '../../database.ts'
import { accounts } from '../../schema/wealth/accounts.ts'
import { investmentTransactions, transactionSplits } from '../../schema/wealth/transactions.ts'

/** What the ledger reads of an account. */
const ledgerColumns = {
  id: accounts.id,
  householdId: accounts.householdId,
  name: accounts.name,
  type: accounts.type,
  taxType: accounts.taxType,
  currency: accounts.currency,
  openedOn: accounts.openedOn,
  closedOn: accounts.closedOn,
  openingBalance: accounts.openingBalance,
}
export type LedgerAccount = Pick<typeof accounts.$inferSelect, keyof typeof ledgerColumns>

/**
 * The account, locked until the transaction ends, so that equal entries at the same time are counted one after the other. `undefined`: there is
 * none. `read-only`: the caller may read it, but not change it.
 */
export const lockLedgerAccount = async (transaction: Transaction, id: string): Promise<LedgerAccount | undefined | 'read-only'> => {
  const [locked] = await transaction.select(ledgerColumns).from(accounts).where(eq(accounts.id, id)).for('no key update')
  if (locked) return locked
  const [readable] = await transaction.select({ id: accounts.id }).from(accounts).where(eq(accounts.id, id))
  return readable && 'read-only'
}

/** The place of the next transaction of a locked account with this fingerprint. */
export const nextOccurrence = async (transaction: Transaction, accountId: string, fingerprint: string): Promise<number> => {
  const [row] = await transaction.execute<{ next: number }>(sql`
    select coalesce(max(occurrence), 0) + 1 as next from wealth.transactions where account_id = ${accountId} and fingerprint = ${fingerprint}`)
  return row!.next
}

/** Adds what an investment transaction has more. */
export const addSecurity = async (transaction: Transaction, values: typeof investmentTransactions.$inferInsert): Promise<void> => {
  await transaction.insert(investmentTransactions).values(values)
}

/** Gives a reversing transaction the security fields and the parts, with the other sign, of the transaction that it reverses. */
export const reverseSecurity = async (
  transaction: Transaction,
  originalId: string,
  reversalId: string,
  tradeDate: string,
): Promise<void> => {
  const [details] = await transaction.select().from(investmentTransactions).where(eq(investmentTransactions.transactionId, originalId))
  if (details) await addSecurity(transaction, { ...details, transactionId: reversalId, tradeDate, settlementDate: null })
  const parts = await transaction.select().from(transactionSplits).where(eq(transactionSplits.transactionId, originalId))
  if (parts.length === 0) return
  await transaction
    .insert(transactionSplits)
    .values(parts.map(({ amount, id: _id, ...part }) => ({ ...part, transactionId: reversalId, amount: sql`-${amount}::numeric` })))
}

/** The parts of a locked transaction, instead of those that it had. */
export const replaceSplits = async (
  transaction: Transaction,
  of: { readonly id: string; readonly householdId: string },
  parts: readonly Omit<typeof transactionSplits.$inferInsert, 'householdId' | 'transactionId' | 'position'>[],
): Promise<void> => {
  await transaction.delete(transactionSplits).where(eq(transactionSplits.transactionId, of.id))
  if (parts.length === 0) return
  await transaction
    .insert(transactionSplits)
    .values(parts.map((part, position) => ({ ...part, householdId: of.householdId, transactionId: of.id, position })))
}

/** An account with its balance after a day, or after all transactions. */
export const findBalance = async (transaction: Transaction, accountId: string, date: string | null) => {
  const balance = sql<string>`(${accounts.openingBalance} + wealth.ledger_total(${accounts.id}, ${date}::date))::numeric(22, 2)::text`
  const [found] = await transaction
    .select({ ...ledgerColumns, balance })
    .from(accounts)
    .where(eq(accounts.id, accountId))
  return found
}
