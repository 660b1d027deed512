import type { Transaction } from '../../db/database.ts'
import { householdRows } from '../../db/queries/identity/index.ts'
import { notFound } from '../runtime/problem.ts'
import { todayIn } from '../runtime/today.ts'

/** Today in the timezone of a household. Throws 404 unless the caller is a member of it. */
export const todayOf = async (transaction: Transaction, householdId: string): Promise<string> => {
  const household = await householdRows.find(transaction, householdId)
  if (!household) throw notFound('household')
  return todayIn(household.timezone)
}
