import type { Transaction } from '../../db/database.ts'
import { type Household, householdRows, mayEditHousehold } from '../../db/queries/identity/index.ts'
import { editorsOnly, invalidReference, notFound, ownersOnly } from './problem.ts'

/** Throws 403 unless the caller is an owner or editor of the household, of which they are known to be a member. */
export const requireEditor = async (transaction: Transaction, householdId: string): Promise<void> => {
  if (!(await mayEditHousehold(transaction, householdId))) throw editorsOnly()
}

/** Throws 404 for a household of which the caller is not a member, 403 for a member who is not an owner. */
export const requireOwner = async (transaction: Transaction, householdId: string): Promise<void> => {
  const household = await householdRows.find(transaction, householdId)
  if (!household) throw notFound('household')
  if (household.role !== 'owner') throw ownersOnly()
}

/** The household that a body names, for the caller to add to. Throws 422 naming the field for a stranger, 403 for a viewer. */
export const requireEditableHousehold = async (transaction: Transaction, householdId: string): Promise<Household> => {
  const household = await householdRows.find(transaction, householdId)
  if (!household) throw invalidReference('body.householdId', 'household')
  await requireEditor(transaction, householdId)
  return household
}
