import type { Transaction } from '../../db/database.ts'
import { type Household, householdRows, mayEditHousehold } from '../../db/queries/identity/index.ts'
import { editorsOnly, invalidReference, notFound, ownersOnly } from './problem.ts'

/** Throws 403 unless the caller, who is a member of the household, is an owner or editor of it. */
export const requireEditor = async (transaction: Transaction, householdId: string): Promise<void> => {
  if (!(await mayEditHousehold(transaction, householdId))) throw editorsOnly()
}

/** Throws 404 for a household of which the caller is not a member, 403 for a member who is not an owner. */
export const requireOwner = async (transaction: Transaction, householdId: string): Promise<void> => {
  const household = await householdRows.find(transaction, householdId)
  if (!household) throw notFound('household')
  if (household.role !== 'owner') throw ownersOnly()
}

/** The household that a body names, to which the caller may add. Throws 422 naming the field for non-members, 403 for viewers. */
export const requireEditableHousehold = async (transaction: Transaction, householdId: string): Promise<Household> => {
  const household = await householdRows.find(transaction, householdId)
  if (!household) throw invalidReference('body.householdId', 'household')
  await requireEditor(transaction, householdId)
  return household
}
