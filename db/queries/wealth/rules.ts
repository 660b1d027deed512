import { and, asc, eq, getTableColumns, max, type SQL, sql } from 'drizzle-orm'
import {
  currentActions,
  type LabelField,
  type Provenance,
  type Rule,
  type SplitLine,
  type TransactionCategory,
} from '../../../domain/wealth/index.ts'
import type { Transaction } from '../../database.ts'
import { accounts } from '../../schema/wealth/accounts.ts'
import { transactionCategories } from '../../schema/wealth/categories.ts'
import { ruleChanges, ruleRuns, rules } from '../../schema/wealth/rules.ts'
import { transactions } from '../../schema/wealth/transactions.ts'
import { rowsOf } from '../rows.ts'
import { splitsOf, uuids } from './rule-transactions.ts'

export const ruleRows = rowsOf(rules)
export const ruleRunRows = rowsOf(ruleRuns, { version: null })

const ofTransaction = (column: string): SQL<string> =>
  sql<string>`(select ${sql.raw(column)} from wealth.transactions where transactions.id = rule_changes.transaction_id)`

/** Changes of runs with the date, amount and text of their transactions. */
export const ruleChangeRows = rowsOf(ruleChanges, {
  version: null,
  selection: {
    ...getTableColumns(ruleChanges),
    date: ofTransaction('date::text'),
    amount: ofTransaction('amount::text'),
    description: ofTransaction('description'),
  },
})

/** The rules of a household in their order. */
export const rulesOfHousehold = (transaction: Transaction, householdId: string): Promise<Rule[]> =>
  transaction.select().from(rules).where(eq(rules.householdId, householdId)).orderBy(asc(rules.position), asc(rules.id))

/** The own categories of a household, each with the category above it. */
export const parentsOfCategories = async (transaction: Transaction, householdId: string): Promise<Map<string, TransactionCategory>> => {
  const rows = await transaction.select().from(transactionCategories).where(eq(transactionCategories.householdId, householdId))
  return new Map(rows.map(({ id, parent }) => [id, parent]))
}

export const hasActiveRules = async (transaction: Transaction, householdId: string): Promise<boolean> =>
  (await transaction.$count(rules, and(eq(rules.householdId, householdId), rules.isActive))) > 0

/** The rules of a household with its own categories as they are now. */
export const rulesToRun = async (transaction: Transaction, householdId: string): Promise<Rule[]> => {
  const stored = await rulesOfHousehold(transaction, householdId)
  if (!stored.some(({ isActive }) => isActive)) return stored
  const parents = await parentsOfCategories(transaction, householdId)
  return stored.map(rule => ({ ...rule, actions: currentActions(rule.actions, parents) }))
}

/** The position after the last rule of a household. */
export const nextPosition = async (transaction: Transaction, householdId: string): Promise<number> => {
  const [row] = await transaction
    .select({ last: max(rules.position) })
    .from(rules)
    .where(eq(rules.householdId, householdId))
  return (row?.last ?? -1) + 1
}

/** Gives the rules of a household the positions of a list. */
export const reorderRules = async (transaction: Transaction, householdId: string, ids: readonly string[]): Promise<void> => {
  await transaction.execute(sql`
    update wealth.rules r set position = o.place - 1, version = version + 1
    from jsonb_array_elements_text(${JSON.stringify(ids)}::text::jsonb) with ordinality as o (id, place)
    where r.id = o.id::uuid and r.household_id = ${householdId} and r.position <> o.place - 1`)
}

/** How many of some accounts belong to a household. */
export const countAccounts = async (transaction: Transaction, householdId: string, ids: readonly string[]): Promise<number> =>
  transaction.$count(accounts, and(eq(accounts.householdId, householdId), sql`${accounts.id} in ${uuids(ids)}`))

/** The labels of a transaction after rules. `provenance` has those that they set. */
export interface RelabelledTransaction {
  readonly id: string
  readonly category: string
  readonly categoryId: string | null
  readonly merchantName: string | null
  readonly notes: string | null
  readonly tags: readonly string[]
  readonly transferAccountId: string | null
  readonly provenance: Readonly<Partial<Record<string, Provenance>>>
}

/** The parts of a transaction after rules. */
export interface DividedTransaction {
  readonly id: string
  readonly splits: readonly SplitLine[]
}

/** Rows of one statement: more would take longer than a statement may, as each row is audited. */
const ROWS_AT_ONCE = 2000

const inChunks = async (items: readonly object[], work: (chunk: SQL) => Promise<unknown>): Promise<void> => {
  for (let start = 0; start < items.length; start += ROWS_AT_ONCE)
    await work(sql`${JSON.stringify(items.slice(start, start + ROWS_AT_ONCE))}::text::jsonb`)
}

/** Stores the labels of locked transactions. */
export const relabelByRules = (
  transaction: Transaction,
  householdId: string,
  relabelled: readonly RelabelledTransaction[],
): Promise<void> =>
  inChunks(relabelled, chunk =>
    transaction.execute(sql`
      update wealth.transactions t set category = c.category, category_id = c."categoryId", merchant_name = c."merchantName", notes = c.notes,
        tags = array(select jsonb_array_elements_text(c.tags)), transfer_account_id = c."transferAccountId",
        provenance = t.provenance || c.provenance, version = t.version + 1
      from jsonb_to_recordset(${chunk}) as c (id uuid, category text, "categoryId" uuid, "merchantName" text, notes text, tags jsonb,
        "transferAccountId" uuid, provenance jsonb)
      where t.id = c.id and t.household_id = ${householdId}
        -- The planner knows how many these are; of a recordset it does not.
        and t.id = any (array(select (one ->> 'id')::uuid from jsonb_array_elements(${chunk}) as one))`),
  )

/** Replaces the parts of locked transactions. An own category that was removed since is left out. */
export const divideByRules = (transaction: Transaction, householdId: string, divided: readonly DividedTransaction[]): Promise<void> =>
  inChunks(divided, async chunk => {
    await transaction.execute(sql`
      delete from wealth.transaction_splits
      where transaction_id = any (array(select (one ->> 'id')::uuid from jsonb_array_elements(${chunk}) as one))`)
    await transaction.execute(sql`
      insert into wealth.transaction_splits (household_id, transaction_id, position, amount, category, category_id, notes)
      select ${householdId}, c.id, p.place - 1, (p.part ->> 'amount')::numeric, coalesce(o.parent, p.part ->> 'category'), o.id, p.part ->> 'notes'
      from jsonb_to_recordset(${chunk}) as c (id uuid, splits jsonb), jsonb_array_elements(c.splits) with ordinality as p (part, place)
      left join wealth.transaction_categories o on o.id = (p.part ->> 'categoryId')::uuid`)
  })

export interface NewRuleChange {
  readonly transactionId: string
  readonly ruleId: string | null
  readonly ruleName: string
  readonly field: LabelField
  readonly before: unknown
  readonly after: unknown
  readonly provenanceBefore: Provenance | null
}

/** Logs what a run has changed. */
export const logRuleChanges = (
  transaction: Transaction,
  run: { readonly id: string; readonly householdId: string },
  changes: readonly NewRuleChange[],
): Promise<void> =>
  inChunks(changes, chunk =>
    transaction.execute(sql`
      insert into wealth.rule_changes (household_id, run_id, transaction_id, rule_id, rule_name, field, before, after, provenance_before)
      select ${run.householdId}, ${run.id}, "transactionId", "ruleId", "ruleName", field, before, after, "provenanceBefore"
      from jsonb_to_recordset(${chunk}) as c ("transactionId" uuid, "ruleId" uuid, "ruleName" text, field text, before jsonb, after jsonb,
        "provenanceBefore" text)`),
  )

const text = (column: string) => ({
  restored: sql.raw(`${column} = c.before #>> '{}'`),
  unchanged: sql.raw(`t.${column} is not distinct from c.after #>> '{}'`),
})

/** How a label gets its value before a run again, and whether it still has the one of the run. */
const undoing: Readonly<Record<LabelField, { readonly restored: SQL; readonly unchanged: SQL }>> = {
  category: {
    // An own category that was removed since is left out.
    restored: sql`(category, category_id) = (select coalesce(max(o.parent), c.before ->> 'category'), (array_agg(o.id))[1]
      from wealth.transaction_categories o where o.id = (c.before ->> 'categoryId')::uuid)`,
    unchanged: sql`t.category = c.after ->> 'category' and t.category_id is not distinct from (c.after ->> 'categoryId')::uuid`,
  },
  merchantName: text('merchant_name'),
  notes: text('notes'),
  tags: {
    restored: sql`tags = array(select jsonb_array_elements_text(c.before))`,
    unchanged: sql`to_jsonb(t.tags) = c.after`,
  },
  transferAccountId: {
    restored: sql`transfer_account_id = (c.before #>> '{}')::uuid`,
    unchanged: sql`t.transfer_account_id is not distinct from (c.after #>> '{}')::uuid`,
  },
  // The parts are rows of their own.
  splits: { restored: sql`category = t.category`, unchanged: sql`${splitsOf('t.id')}::jsonb = c.after` },
}

/** Gives transactions the values before a run again, where they still have those of the run. Returns the ids of the changes that it took back. */
export const undoRuleChanges = async (transaction: Transaction, householdId: string, runId: string): Promise<Set<string>> => {
  const undone = new Set<string>()
  for (const [field, { restored, unchanged }] of Object.entries(undoing)) {
    const rows = await transaction.execute<{ id: string; transactionId: string; before: SplitLine[] }>(sql`
      update wealth.transactions t set ${restored}, version = t.version + 1, provenance = case when c.provenance_before is null
        then t.provenance - c.field else t.provenance || jsonb_build_object(c.field, c.provenance_before) end
      from wealth.rule_changes c
      where c.run_id = ${runId} and c.field = ${field} and t.id = c.transaction_id and t.provenance ->> c.field = 'rule' and ${unchanged}
      returning c.id, t.id as "transactionId", case c.field when 'splits' then c.before end as before`)
    if (field === 'splits')
      await divideByRules(
        transaction,
        householdId,
        rows.map(({ before, transactionId }) => ({ id: transactionId, splits: before })),
      )
    for (const { id } of rows) undone.add(id)
  }
  return undone
}

/** The changes of a run with the dates and texts of their transactions. */
export const changesOfRun = (transaction: Transaction, runId: string) =>
  transaction
    .select({
      id: ruleChanges.id,
      transactionId: ruleChanges.transactionId,
      field: ruleChanges.field,
      date: transactions.date,
      description: transactions.description,
    })
    .from(ruleChanges)
    .innerJoin(transactions, eq(transactions.id, ruleChanges.transactionId))
    .where(eq(ruleChanges.runId, runId))
    .orderBy(asc(ruleChanges.id))
