import { asc, eq } from 'drizzle-orm'
import type { Transaction } from '../../database.ts'
import { people } from '../../schema/identity/people.ts'
import { rowsOf } from '../rows.ts'

export const personRows = rowsOf(people)
export type Person = typeof people.$inferSelect

/** All people of a household, in the order in which they were added. */
export const peopleOfHousehold = (transaction: Transaction, householdId: string): Promise<Person[]> =>
  transaction.select().from(people).where(eq(people.householdId, householdId)).orderBy(asc(people.id))
