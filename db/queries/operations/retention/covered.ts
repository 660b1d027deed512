import { and, type SQL, sql } from 'drizzle-orm'
import { ownerColumns, type ConditionType, type RetentionRules, type TableLifecycle } from '../../../schema/lifecycle.ts'
import { lifecycles } from '../../../schema/lifecycles.ts'
import type { RetentionCondition, retentionPolicies } from '../../../schema/operations/retention.ts'

export type PolicyRow = typeof retentionPolicies.$inferSelect

/** A table to which policies may refer. */
export interface RetainedTable {
  readonly name: string
  readonly lifecycle: TableLifecycle
  readonly rules: RetentionRules
}

/** The table of a policy. Undefined if it does not exist, or if its rows are kept. */
export const retainedTable = (name: string, declared: typeof lifecycles = lifecycles): RetainedTable | undefined => {
  const lifecycle = Object.hasOwn(declared, name) ? declared[name] : undefined
  return lifecycle && !('kept' in lifecycle.retention) ? { name, lifecycle, rules: lifecycle.retention } : undefined
}

export const tableOf = ({ name }: Pick<RetainedTable, 'name'>): SQL =>
  sql`${sql.join(
    name.split('.').map(part => sql.identifier(part)),
    sql.raw('.'),
  )}`

const types: Readonly<Record<ConditionType, string>> = { text: 'text', number: 'numeric', boolean: 'boolean', instant: 'timestamptz' }

const conditionOf = (rules: RetentionRules, { column, operator, value }: RetentionCondition): SQL => {
  const type = rules.conditions[column]
  if (type === undefined) throw new RangeError(`A condition names the column ${column}, which is not declared.`)
  const name = sql.identifier(column)
  const cast = sql.raw(types[type])
  const typed = (one: unknown) => sql`${String(one)}::text::${cast}`
  switch (operator) {
    case 'eq':
      return sql`${name} = ${typed(value)}`
    case 'ne':
      return sql`${name} is distinct from ${typed(value)}`
    case 'in':
      return sql`${name} in (${sql.join((value as readonly unknown[]).map(typed), sql.raw(', '))})`
    case 'lt':
      return sql`${name} < ${typed(value)}`
    case 'gt':
      return sql`${name} > ${typed(value)}`
    case 'is-null':
      return sql`${name} is null`
    case 'not-null':
      return sql`${name} is not null`
  }
}

/** Rows under a legal hold, by their person or their household; undefined for a table without owners. */
export const heldRows = ({ lifecycle }: RetainedTable): SQL | undefined => {
  const { household, person } = ownerColumns(lifecycle)
  const held = [
    ...(person === undefined ? [] : [sql`${sql.identifier(person)} = any ((select operations.held_user_ids())::uuid[])`]),
    ...(household === undefined ? [] : [sql`${sql.identifier(household)} = any ((select operations.held_household_ids())::uuid[])`]),
  ]
  return held.length === 0 ? undefined : sql`(${sql.join(held, sql.raw(' or '))})`
}

const isAnonymized = ({ anonymized = {} }: RetentionRules): SQL => {
  const same = Object.entries(anonymized).map(([column, value]) => sql`${sql.identifier(column)} is not distinct from ${value}::text`)
  return sql`(${sql.join(same, sql.raw(' and '))})`
}

type Rule = Pick<PolicyRow, 'conditions' | 'action'>

/** The rows to which a policy applies: older than the cutoff, within its conditions, under no hold, and not anonymized before. */
export const coveredRows = (table: RetainedTable, { action, conditions }: Rule, cutoff: string): SQL => {
  const held = heldRows(table)
  return and(
    sql`${sql.identifier(table.rules.timeColumn)} < ${cutoff}::timestamptz`,
    ...conditions.map(condition => conditionOf(table.rules, condition)),
    // A row whose owner is null belongs to nobody, and so is under no hold.
    held && sql`${held} is not true`,
    action === 'anonymize' ? sql`not ${isAnonymized(table.rules)}` : undefined,
  )!
}
