import type { Transaction } from '../../db/database.ts'
import { type Household, householdRows, lockOwnHousehold } from '../../db/queries/identity/index.ts'
import { editorsOnly, invalidReference, notFound, ownersOnly } from './problem.ts'

const requireEditorOf = (household: Household | undefined): void => {
  if (household?.role !== 'owner' && household?.role !== 'editor') throw editorsOnly()
}

/** Throws 403 unless the caller, who is a member of the household, is an owner or editor of it. */
export const requireEditor = async (transaction: Transaction, householdId: string): Promise<void> => {
  requireEditorOf(await householdRows.find(transaction, householdId))
}

/**
 * Throws 404 for a household of which the caller is not a member, 403 for a member who is not an owner. For a change, first locks the
 * household, so that the caller is still an owner when the change is made.
 */
export const requireOwner = async (transaction: Transaction, householdId: string, access: 'read' | 'write'): Promise<void> => {
  if (access === 'write') await lockOwnHousehold(transaction, householdId)
  const household = await householdRows.find(transaction, householdId)
  if (!household) throw notFound('household')
  if (household.role !== 'owner') throw ownersOnly()
}

/** The household that a body names, to which the caller may add. Throws 422 naming the field for non-members, 403 for viewers. */
export const requireEditableHousehold = async (transaction: Transaction, householdId: string): Promise<Household> => {
  const household = await householdRows.find(transaction, householdId)
  if (!household) throw invalidReference('body.householdId', 'household')
  requireEditorOf(household)
  return household
}
