import { sql } from 'drizzle-orm'
import { check, jsonb, numeric, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { id, instant, oneOf } from '../columns.ts'
import { users } from '../identity/users.ts'
import { operations } from './schema.ts'

export const erasureStatuses = ['database-erased', 'user-pool-erased', 'completed'] as const
export const erasureKinds = ['own', 'admin', 'operator'] as const

/** What is erased with a person and with the households of which the person is the only member: what the lifecycles say in code. Migrations fill it. */
export const erasureList = operations.table(
  'erasure_list',
  {
    tableName: text('table_name').primaryKey(),
    /** A table comes before those that it refers to. */
    place: numeric('place').notNull(),
    personColumn: text('person_column'),
    householdColumn: text('household_column'),
    /** Written instead of removing the row. */
    replacements: jsonb('replacements').$type<Record<string, string | null>>(),
  },
  table => [
    uniqueIndex('erasure_list_place_key').on(table.place),
    check('erasure_list_owner', sql`num_nonnulls(${table.personColumn}, ${table.householdColumn}) > 0`),
  ],
)

/** The erasure of a person, one row per person. It holds ids and counts, and no personal data. */
export const erasures = operations.table(
  'erasures',
  {
    id: id(),
    userId: uuid('user_id')
      .notNull()
      .references(() => users.id),
    /** The person, an administrator, or an operator command. */
    kind: text('kind', { enum: erasureKinds }).notNull(),
    /** Null for an operator command. */
    requestedBy: uuid('requested_by'),
    status: text('status', { enum: erasureStatuses }).notNull().default('database-erased'),
    /** Rows by table. */
    deleted: jsonb('deleted').$type<Record<string, number>>().notNull(),
    anonymized: jsonb('anonymized').$type<Record<string, number>>().notNull(),
    /** The households that were erased with the person. */
    householdIds: uuid('household_ids').array().notNull(),
    requestedAt: instant('requested_at').notNull().default(sql`now()`),
    userPoolErasedAt: instant('user_pool_erased_at'),
    completedAt: instant('completed_at'),
    /** Why the last attempt at the user pool failed. */
    error: text('error'),
  },
  table => [
    uniqueIndex('erasures_user_key').on(table.userId),
    check('erasures_kind_known', oneOf(table.kind, erasureKinds)),
    check('erasures_status_known', oneOf(table.status, erasureStatuses)),
  ],
)
