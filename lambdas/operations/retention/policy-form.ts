import * as z from 'zod'
import { type ConditionType, retentionActions } from '../../../db/schema/lifecycle.ts'
import { lifecycles } from '../../../db/schema/lifecycles.ts'
import { retainedTable } from '../../../db/queries/operations/retention/covered.ts'
import { conditionOperators, type RetentionCondition } from '../../../db/schema/operations/retention.ts'
import type { Issue } from '../../../domain/shared/index.ts'
import { fieldProblem } from '../../runtime/problem.ts'
import { label, moment, prose, timezone } from '../../runtime/schemas.ts'
import { scheduleCron } from './next-execution.ts'

const value = z.union([z.string().max(200), z.number(), z.boolean()])

/** Closed: a column, an operator and a value. The lifecycle of the table says which columns there are, and their types. */
export const retentionCondition = z.strictObject({
  column: z.string().max(63).describe('A column that the lifecycle of the table declares for conditions.'),
  operator: z.enum(conditionOperators).describe('How the column is compared.'),
  value: z
    .union([value, z.array(value).min(1).max(100)])
    .optional()
    .describe('Left out for is-null and not-null, a list for in.'),
})

const retainedTables = Object.keys(lifecycles)
  .toSorted()
  .flatMap(name => retainedTable(name) ?? [])
const tables = retainedTables.map(({ name }) => name)

/** What a policy may say of each table, by name. */
export const tableRules = retainedTables.map(({ name, rules: { actions, conditions, partitions } }) => ({
  tableName: name,
  actions,
  conditions: Object.entries(conditions).map(([column, type]) => ({ column, type })),
  onlyWholeMonths: partitions?.onlyWhole === true,
}))

/** Which rows a policy is about, and what happens to them. */
export const policyRule = {
  conditions: z.array(retentionCondition).max(20).optional().describe('All of them must hold. Without conditions it applies to all rows.'),
  retentionPeriodDays: z.int().min(1).max(36_500).describe('How long rows are kept, in days.'),
  action: z.enum(retentionActions).describe('What happens to older rows.'),
}

export const policyFields = {
  name: label.describe('Name of the policy.'),
  description: prose.nullable().optional().describe('What it is for.'),
  isActive: z.boolean().optional().describe('Whether it runs by its schedule.'),
  ...policyRule,
  scheduleCron,
  timezone: timezone.optional().describe('By whose clock the schedule runs.'),
}
export const policyTable = z.enum(tables).describe('The table, with its schema.')

interface PolicyRule {
  readonly tableName: string
  readonly action: (typeof retentionActions)[number]
  readonly conditions: readonly RetentionCondition[]
}

const forms: Readonly<Record<ConditionType, z.ZodType>> = {
  text: z.string({ error: 'must be a text' }),
  number: z.number({ error: 'must be a number' }),
  boolean: z.boolean({ error: 'must be true or false' }),
  instant: moment,
}

const valueIssue = (type: ConditionType, { operator, value: given }: RetentionCondition): string | undefined => {
  if (operator === 'is-null' || operator === 'not-null') return given === undefined ? undefined : `must be left out with ${operator}`
  if (operator === 'in' ? !Array.isArray(given) : given === undefined || Array.isArray(given))
    return operator === 'in' ? 'must be a list with in' : `must be one value with ${operator}`
  if (type === 'boolean' && (operator === 'lt' || operator === 'gt')) return `cannot be compared with ${operator}`
  for (const one of Array.isArray(given) ? given : [given]) {
    const parsed = forms[type].safeParse(one)
    if (!parsed.success) return parsed.error.issues[0]!.message
  }
  return undefined
}

/** What of a policy does not fit its table. */
export const policyIssues = ({ action, conditions, tableName }: PolicyRule): Issue[] => {
  const table = retainedTable(tableName)
  if (!table) return [{ path: 'body.tableName', message: `must be one of ${tables.join(', ')}` }]
  const { rules } = table
  const onlyWhole = rules.partitions?.onlyWhole === true && conditions.length > 0
  return [
    ...(rules.actions.includes(action) ? [] : [{ path: 'body.action', message: `must be ${rules.actions.join(' or ')} for ${tableName}` }]),
    ...(onlyWhole ? [{ path: 'body.conditions', message: `must be empty: ${tableName} is removed by whole months` }] : []),
    ...conditions.flatMap((condition, index): Issue[] => {
      const at = `body.conditions.${index}`
      if (!Object.hasOwn(rules.conditions, condition.column)) {
        const known = Object.keys(rules.conditions).join(', ') || 'none'
        return onlyWhole ? [] : [{ path: `${at}.column`, message: `must be a column for conditions of ${tableName}: ${known}` }]
      }
      const message = valueIssue(rules.conditions[condition.column]!, condition)
      return message === undefined ? [] : [{ path: `${at}.value`, message }]
    }),
  ]
}

/** @throws Problem 400 that names the fields that do not fit the table */
export const requireValidPolicy = (policy: PolicyRule): void => {
  const issues = policyIssues(policy)
  if (issues.length > 0) throw fieldProblem('invalid-request', issues)
}
