import { people } from '../../schema/identity/people.ts'
import { rowsOf } from '../rows.ts'

export const personRows = rowsOf(people)
export type Person = typeof people.$inferSelect
