import { sql } from 'drizzle-orm'
import { check, integer, text, uniqueIndex } from 'drizzle-orm/pg-core'
import { transactionCategories as parents } from '../../../domain/wealth/index.ts'
import { id, oneOf, stamps } from '../columns.ts'
import { householdId } from '../identity/households.ts'
import { wealth } from './schema.ts'

/** A category of the household's own, below one of the categories that all have. */
export const transactionCategories = wealth.table(
  'transaction_categories',
  {
    id: id(),
    householdId: householdId(),
    parent: text('parent', { enum: parents }).notNull(),
    name: text('name').notNull(),
    version: integer('version').notNull().default(1),
    ...stamps(),
  },
  table => [
    uniqueIndex('transaction_categories_id_household_key').on(table.id, table.householdId),
    uniqueIndex('transaction_categories_name_key').on(table.householdId, table.parent, sql`lower(${table.name})`),
    check('transaction_categories_parent_known', oneOf(table.parent, parents)),
  ],
)
