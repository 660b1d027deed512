import { sql } from 'drizzle-orm'
import { check, date, foreignKey, index, integer, numeric, primaryKey, smallint, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { goalKinds, goalStatuses } from '../../../domain/wealth/index.ts'
import { id, oneOf, stamps } from '../columns.ts'
import { householdId } from '../identity/households.ts'
import { people } from '../identity/people.ts'
import { accounts } from './accounts.ts'
import { wealth } from './schema.ts'

/** What a household saves for. Its progress is the balance of the accounts that are linked to it. */
export const goals = wealth.table(
  'goals',
  {
    id: id(),
    householdId: householdId(),
    name: text('name').notNull(),
    kind: text('kind', { enum: goalKinds }).notNull(),
    targetAmount: numeric('target_amount', { precision: 15, scale: 2 }).notNull(),
    currency: text('currency').notNull(),
    targetDate: date('target_date', { mode: 'string' }),
    /** 1 is the most important. */
    priority: smallint('priority').notNull().default(3),
    personId: uuid('person_id'),
    status: text('status', { enum: goalStatuses }).notNull().default('active'),
    notes: text('notes'),
    version: integer('version').notNull().default(1),
    ...stamps(),
  },
  table => [
    uniqueIndex('goals_id_household_key').on(table.id, table.householdId),
    index('goals_household').on(table.householdId, table.id),
    index('goals_person').on(table.personId),
    foreignKey({ name: 'goals_person_fk', columns: [table.personId, table.householdId], foreignColumns: [people.id, people.householdId] }),
    check('goals_kind_known', oneOf(table.kind, goalKinds)),
    check('goals_status_known', oneOf(table.status, goalStatuses)),
    check('goals_target_positive', sql`${table.targetAmount} > 0`),
    check('goals_priority_range', sql`${table.priority} between 1 and 5`),
    check('goals_currency_iso', sql`${table.currency} ~ '^[A-Z]{3}$'`),
  ],
)

/** The accounts that count for a goal. */
export const goalAccounts = wealth.table(
  'goal_accounts',
  {
    goalId: uuid('goal_id').notNull(),
    accountId: uuid('account_id').notNull(),
    householdId: uuid('household_id').notNull(),
  },
  table => [
    primaryKey({ name: 'goal_accounts_pkey', columns: [table.goalId, table.accountId] }),
    index('goal_accounts_account').on(table.accountId),
    index('goal_accounts_household').on(table.householdId),
    foreignKey({
      name: 'goal_accounts_goal_fk',
      columns: [table.goalId, table.householdId],
      foreignColumns: [goals.id, goals.householdId],
    }).onDelete('cascade'),
    foreignKey({
      name: 'goal_accounts_account_fk',
      columns: [table.accountId, table.householdId],
      foreignColumns: [accounts.id, accounts.householdId],
    }).onDelete('cascade'),
  ],
)
