import type { Transaction } from '../../db/database.ts'
import { findHousehold, type Household, mayEditHousehold } from '../../db/queries/identity/index.ts'
import { editorsOnly, notFound, Problem } from './problem.ts'

/** Throws 403 unless the caller is an owner or editor of the household, of which they are known to be a member. */
export const requireEditor = async (transaction: Transaction, householdId: string): Promise<void> => {
  if (!(await mayEditHousehold(transaction, householdId))) throw editorsOnly()
}

/** The household that a body names, for the caller to add to. Throws 422 naming the field for a stranger, 403 for a viewer. */
export const requireEditableHousehold = async (transaction: Transaction, householdId: string): Promise<Household> => {
  const household = await findHousehold(transaction, householdId)
  if (!household) {
    throw new Problem(422, 'There is no such household.', { errors: [{ path: 'body.householdId', message: 'there is no such household' }] })
  }
  await requireEditor(transaction, householdId)
  return household
}

/**
 * The row, locked for a change. PostgreSQL locks only what the caller may change: a row that can be read but not locked is 403, and a row
 * that cannot be read is 404, as if it were missing.
 * @param find reads the row, with or without the lock
 * @param refusal what to throw for a row that may only be read
 */
export const requireForChange = async <Row>(
  what: string,
  find: (lock: { readonly forUpdate: boolean }) => Promise<Row | undefined>,
  refusal: (row: Row) => Problem = () => editorsOnly(),
): Promise<Row> => {
  const locked = await find({ forUpdate: true })
  if (locked) return locked
  const read = await find({ forUpdate: false })
  throw read ? refusal(read) : notFound(what)
}
