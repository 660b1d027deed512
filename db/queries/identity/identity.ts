import { sql } from 'drizzle-orm'
import type { Transaction } from '../../database.ts'
import { households } from '../../schema/identity/households.ts'
import { preferences } from '../../schema/identity/preferences.ts'
import { users } from '../../schema/identity/users.ts'
import { rowsOf } from '../rows.ts'

export type Household = typeof households.$inferSelect

/** Only nestegg_operator sees users other than the caller. */
export const userRows = rowsOf(users)
/** One row per user, named by the user's id. */
export const preferencesRows = rowsOf(preferences, { key: 'userId' })
export const householdRows = rowsOf(households)

/** Whether the transaction's user is an owner or editor of the household. */
export const mayEditHousehold = async (transaction: Transaction, id: string): Promise<boolean> => {
  const [row] = await transaction.execute<{ may: boolean }>(sql`select ${id}::uuid = any (operations.editable_household_ids()) as may`)
  return row!.may
}
