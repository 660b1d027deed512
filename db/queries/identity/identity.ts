import { eq, sql } from 'drizzle-orm'
import type { Transaction } from '../../database.ts'
import { households } from '../../schema/identity/households.ts'
import { preferences } from '../../schema/identity/preferences.ts'
import { users } from '../../schema/identity/users.ts'
import { type PageRequest, pageClauses } from '../paging.ts'

export type User = typeof users.$inferSelect
export type Preferences = typeof preferences.$inferSelect
export type Household = typeof households.$inferSelect

type Lock = { readonly forUpdate?: boolean }

export const findUser = async (transaction: Transaction, id: string, { forUpdate }: Lock = {}): Promise<User | undefined> => {
  const query = transaction.select().from(users).where(eq(users.id, id))
  return (await (forUpdate ? query.for('update') : query))[0]
}

export const updateUser = async (
  transaction: Transaction,
  id: string,
  change: Partial<Pick<User, 'firstName' | 'lastName' | 'company' | 'title' | 'licenseNumber'>>,
): Promise<User> => {
  const [row] = await transaction
    .update(users)
    .set({ ...change, version: sql`${users.version} + 1` })
    .where(eq(users.id, id))
    .returning()
  return row!
}

/** Every user, newest first. Only nestegg_operator sees others than the caller. */
export const listUsers = (transaction: Transaction, request: PageRequest): Promise<User[]> => {
  const { limit, orderBy, where } = pageClauses(users.id, request)
  return transaction.select().from(users).where(where).orderBy(orderBy).limit(limit)
}

export const findPreferences = async (
  transaction: Transaction,
  userId: string,
  { forUpdate }: Lock = {},
): Promise<Preferences | undefined> => {
  const query = transaction.select().from(preferences).where(eq(preferences.userId, userId))
  return (await (forUpdate ? query.for('update') : query))[0]
}

export const updatePreferences = async (
  transaction: Transaction,
  userId: string,
  change: Partial<Omit<Preferences, 'userId' | 'version'>>,
): Promise<Preferences> => {
  const [row] = await transaction
    .update(preferences)
    .set({ ...change, version: sql`${preferences.version} + 1` })
    .where(eq(preferences.userId, userId))
    .returning()
  return row!
}

export const listHouseholds = (transaction: Transaction, request: PageRequest): Promise<Household[]> => {
  const { limit, orderBy, where } = pageClauses(households.id, request)
  return transaction.select().from(households).where(where).orderBy(orderBy).limit(limit)
}

export const findHousehold = async (transaction: Transaction, id: string, { forUpdate }: Lock = {}): Promise<Household | undefined> => {
  const query = transaction.select().from(households).where(eq(households.id, id))
  return (await (forUpdate ? query.for('update') : query))[0]
}

/** Whether the transaction's user is an owner or editor of the household. */
export const mayEditHousehold = async (transaction: Transaction, id: string): Promise<boolean> => {
  const [row] = await transaction.execute<{ may: boolean }>(sql`select ${id}::uuid = any (operations.editable_household_ids()) as may`)
  return row!.may
}

export const insertHousehold = async (
  transaction: Transaction,
  values: Pick<Household, 'name' | 'timezone' | 'currency'>,
): Promise<Household> => {
  const [row] = await transaction.insert(households).values(values).returning()
  return row!
}

export const updateHousehold = async (
  transaction: Transaction,
  id: string,
  change: Partial<Pick<Household, 'name' | 'timezone' | 'currency'>>,
): Promise<Household> => {
  const [row] = await transaction
    .update(households)
    .set({ ...change, version: sql`${households.version} + 1` })
    .where(eq(households.id, id))
    .returning()
  return row!
}
