import { boolean, check, foreignKey, index, integer, jsonb, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { labelFields, provenances, type RuleAction, type RuleCondition } from '../../../domain/wealth/index.ts'
import { id, instant, oneOf, stamps } from '../columns.ts'
import { householdId } from '../identity/households.ts'
import { wealth } from './schema.ts'
import { transactions } from './transactions.ts'

export const ruleMatches = ['all', 'any'] as const
export const ruleRunSources = ['person', 'entry', 'import', 'sync'] as const

/** What a household wants to be set on transactions that meet conditions. */
export const rules = wealth.table(
  'rules',
  {
    id: id(),
    householdId: householdId(),
    name: text('name').notNull(),
    /** Rules run in this order, from the smallest; of equal ones the older first. */
    position: integer('position').notNull().default(0),
    isActive: boolean('is_active').notNull().default(true),
    match: text('match', { enum: ruleMatches }).notNull().default('all'),
    conditions: jsonb('conditions').$type<readonly RuleCondition[]>().notNull(),
    actions: jsonb('actions').$type<readonly RuleAction[]>().notNull(),
    /** Whether the rules after it are left out where it holds. */
    stopAfter: boolean('stop_after').notNull().default(false),
    version: integer('version').notNull().default(1),
    ...stamps(),
  },
  table => [
    uniqueIndex('rules_id_household_key').on(table.id, table.householdId),
    index('rules_household').on(table.householdId, table.position, table.id),
    check('rules_match_known', oneOf(table.match, ruleMatches)),
  ],
)

/** One application of the rules of a household. */
export const ruleRuns = wealth.table(
  'rule_runs',
  {
    id: id(),
    householdId: householdId(),
    source: text('source', { enum: ruleRunSources }).notNull(),
    transactionCount: integer('transaction_count').notNull(),
    changeCount: integer('change_count').notNull(),
    /** Transactions that are unchanged because the rules contradict one another on them. */
    contradictionCount: integer('contradiction_count').notNull(),
    /** Transactions that the rules would still change: a run changes a limited number. */
    remainingCount: integer('remaining_count').notNull().default(0),
    undoneAt: instant('undone_at'),
    ...stamps(),
  },
  table => [
    uniqueIndex('rule_runs_id_household_key').on(table.id, table.householdId),
    index('rule_runs_household').on(table.householdId, table.id),
    check('rule_runs_source_known', oneOf(table.source, ruleRunSources)),
  ],
)

/** What a run changed of a label of a transaction. */
export const ruleChanges = wealth.table(
  'rule_changes',
  {
    id: id(),
    householdId: uuid('household_id').notNull(),
    runId: uuid('run_id').notNull(),
    transactionId: uuid('transaction_id').notNull(),
    /** The rule that set the value; null after it was removed. */
    ruleId: uuid('rule_id'),
    ruleName: text('rule_name').notNull(),
    field: text('field', { enum: labelFields }).notNull(),
    before: jsonb('before').$type<unknown>(),
    after: jsonb('after').$type<unknown>(),
    /** Who had set the value before. */
    provenanceBefore: text('provenance_before', { enum: provenances }),
  },
  table => [
    uniqueIndex('rule_changes_run_key').on(table.runId, table.transactionId, table.field),
    index('rule_changes_household').on(table.householdId),
    index('rule_changes_transaction').on(table.transactionId),
    index('rule_changes_rule').on(table.ruleId),
    foreignKey({
      name: 'rule_changes_run_fk',
      columns: [table.runId, table.householdId],
      foreignColumns: [ruleRuns.id, ruleRuns.householdId],
    }).onDelete('cascade'),
    foreignKey({
      name: 'rule_changes_transaction_fk',
      columns: [table.transactionId, table.householdId],
      foreignColumns: [transactions.id, transactions.householdId],
    }).onDelete('cascade'),
    foreignKey({
      name: 'rule_changes_rule_fk',
      columns: [table.ruleId, table.householdId],
      foreignColumns: [rules.id, rules.householdId],
    }).onDelete('set null'),
    check('rule_changes_field_known', oneOf(table.field, labelFields)),
  ],
)
