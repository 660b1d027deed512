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

/** Adds the transaction that cancels a locked one, with its labels, security and parts. Returns its id. */
export const addReversal = async (transaction: Transaction, originalId: string, date: string, notes: string | null): Promise<string> => {
  const [row] = await transaction.execute<{ id: string }>(
    sql`select wealth.add_reversal(${originalId}::uuid, ${date}::date, ${notes}::text) as id`,
  )
  return row!.id
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
