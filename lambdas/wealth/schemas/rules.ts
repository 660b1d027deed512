import * as z from 'zod'
import { ruleMatches, ruleRunSources } from '../../../db/schema/wealth/rules.ts'
import { money } from '../../../domain/shared/index.ts'
import { labelFields, provenances, RULE_LIMITS, ruleAction, ruleCondition } from '../../../domain/wealth/index.ts'
import { calendarDate, instant, label, nameSchemas, uuid } from '../../runtime/schemas.ts'

const conditions = z.array(ruleCondition).max(RULE_LIMITS.conditions)
const actions = z.array(ruleAction).min(1).max(RULE_LIMITS.actions)

export const ruleFields = {
  name: label.describe('Name of the rule.'),
  isActive: z.boolean().describe('Whether the rule is applied.'),
  match: z.enum(ruleMatches).describe('`all`: every condition must hold. `any`: one is enough.'),
  conditions: conditions.describe('What must hold. Without a condition the rule holds for every transaction.'),
  actions: actions.describe('What is set where it holds, in this order.'),
  stopAfter: z.boolean().describe('Whether the rules after it are left out where it holds.'),
}

export const newRuleFields = {
  householdId: uuid.describe('The household of the rule.'),
  ...ruleFields,
  isActive: ruleFields.isActive.default(true),
  match: ruleFields.match.default('all'),
  stopAfter: ruleFields.stopAfter.default(false),
}

export const rule = z.strictObject({
  id: uuid,
  householdId: uuid,
  ...ruleFields,
  position: z.int().describe('Its place in the order, from 0.'),
  version: z.int(),
  createdAt: instant,
  updatedAt: instant,
})

export const ruleOrder = z.strictObject({
  householdId: uuid.describe('The household.'),
  ruleIds: z
    .array(uuid)
    .min(1)
    .max(RULE_LIMITS.rules)
    .describe('Rules of the household in their new order. Those that are left out come after them.'),
})
export const ordered = z.strictObject({ ruleIds: z.array(uuid).describe('The rules in their order.') })

const scope = z
  .strictObject({
    accountId: uuid.optional().describe('Only transactions of this account.'),
    from: calendarDate.optional().describe('Only transactions from this day on.'),
    to: calendarDate.optional().describe('Only transactions up to this day.'),
  })
  .describe('Which transactions. Left out: all of the household.')

export const previewRequest = z.strictObject({
  householdId: uuid.describe('The household.'),
  rule: z
    .strictObject({ ...newRuleFields, name: ruleFields.name.optional().describe('Name of the rule.') })
    .omit({ householdId: true, isActive: true })
    .optional()
    .describe('Only this rule, which need not be stored. Left out: all active rules.'),
  scope: scope.optional(),
})

const value = z.json().describe('The value of the field.')
const change = {
  transactionId: uuid,
  field: z.enum(labelFields).describe('The changed field.'),
  before: value,
  after: value,
  date: calendarDate,
  amount: money,
  description: z.string().describe('The text of the transaction.'),
}

export const rulePreview = z.strictObject({
  transactionCount: z.int().describe('How many transactions were read.'),
  changedTransactionCount: z.int().describe('How many of them would change.'),
  changeCount: z.int().describe('How many fields would change.'),
  contradictionCount: z.int().describe('Transactions on which the rules contradict one another without end. They do not change.'),
  changes: z.array(z.strictObject({ ...change, ruleId: uuid.nullable() })).describe('The first 100 changes, of the newest transactions.'),
})

export const newRuleRun = z.strictObject({ householdId: uuid.describe('The household.'), scope: scope.optional() })

export const ruleRun = z.strictObject({
  id: uuid,
  householdId: uuid,
  source: z.enum(ruleRunSources).describe('What applied the rules.'),
  transactionCount: z.int().describe('How many transactions were read.'),
  changeCount: z.int().describe('How many fields changed.'),
  contradictionCount: z.int().describe('Transactions on which the rules contradict one another without end.'),
  remainingCount: z.int().describe('Transactions that the rules would still change. Run them again.'),
  undoneAt: instant.nullable().describe('When the run was undone.'),
  createdAt: instant,
})

export const ruleChange = z.strictObject({
  id: uuid,
  runId: uuid,
  ...change,
  ruleId: uuid.nullable().describe('The rule that set the value; null after it was removed.'),
  ruleName: z.string(),
  provenanceBefore: z.enum(provenances).nullable().describe('Who had set the value before.'),
})

export const undoneRun = z.strictObject({
  run: ruleRun,
  restoredCount: z.int().describe('How many fields have their value of before again.'),
  keptCount: z.int().describe('How many fields had changed since and were left.'),
  kept: z
    .array(z.strictObject({ transactionId: uuid, field: change.field, date: calendarDate, description: z.string() }))
    .describe('The first 100 fields that were left.'),
})

nameSchemas({
  Rule: rule,
  RuleAction: ruleAction,
  RuleChange: ruleChange,
  RuleCondition: ruleCondition,
  RuleRun: ruleRun,
  RuleScope: scope,
})
