import { and, eq, isNotNull, sql } from 'drizzle-orm'
import { accounts } from '../../schema/wealth/accounts.ts'
import type { Transaction } from '../../database.ts'
import { rowsOf } from '../rows.ts'

export type Account = typeof accounts.$inferSelect
export const accountRows = rowsOf(accounts)

/** The accounts of a household with known numbers, to recognise them in a file. */
export const findNumberedAccounts = (transaction: Transaction, householdId: string): Promise<Account[]> =>
  transaction
    .select()
    .from(accounts)
    .where(and(eq(accounts.householdId, householdId), isNotNull(accounts.numberHash)))

/** Locks accounts in the order of their ids, so that two imports into the same ones cannot wait for each other. */
export const lockAccounts = (transaction: Transaction, ids: readonly string[]): Promise<Account[]> =>
  transaction
    .select()
    .from(accounts)
    .where(sql`${accounts.id} = any (${`{${ids.join(',')}}`}::uuid[])`)
    .orderBy(accounts.id)
    .for('no key update')
