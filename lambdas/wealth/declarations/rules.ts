import * as z from 'zod'
import { ruleChanges as changeTable, ruleRuns as runTable, rules as ruleTable } from '../../../db/schema/wealth/rules.ts'
import { transactions, transactionSplits } from '../../../db/schema/wealth/transactions.ts'
import { RULE_LIMITS } from '../../../domain/wealth/index.ts'
import { changes, creates, gets, lists, removes } from '../../runtime/resource/declarations.ts'
import { reply } from '../../runtime/responses.ts'
import { patchOf, uuid } from '../../runtime/schemas.ts'
import { deletes, inserts, updates } from '../../runtime/writes.ts'
import { ruleChanges, ruleRuns, rules } from '../resources/rules.ts'
import { newRuleFields, newRuleRun, ordered, previewRequest, ruleFields, ruleOrder, rulePreview, undoneRun } from '../schemas/rules.ts'

const database = ['database'] as const
const householdId = '01990000-0000-7000-8000-000000000001'
/** Rules of all transactions of a household: one function reads up to 100,000 of them. */
const heavy = { timeoutSeconds: 29, memoryMegabytes: 1769 } as const

/** What rules change on transactions. */
const labels = ['category', 'categoryId', 'merchantName', 'notes', 'tags', 'transferAccountId', 'provenance', 'version'] as const
const relabels = [updates(transactions, labels), inserts(transactionSplits), deletes(transactionSplits)]
/** The writes of a route that adds transactions and calls `applyRules`. */
export const ruleWrites = [...relabels, inserts(runTable), inserts(changeTable)]

const example = {
  householdId,
  name: 'Coffee',
  conditions: [{ field: 'payee', operator: 'contains', value: 'café' }],
  actions: [{ action: 'set_category', category: 'food_and_drink' }],
}

export const ruleDeclarations = {
  'list-rules': lists(rules, { description: 'Without `sort`, in the order in which they run.' }),
  'create-rule': creates(rules, {
    description: `The new rule is the last one. A household has at most ${RULE_LIMITS.rules} rules. Patterns have no back references and no look-around, so that none can take long.`,
    body: z.strictObject(newRuleFields),
    example: { body: example },
  }),
  'get-rule': gets(rules),
  'update-rule': changes(rules, { body: patchOf(ruleFields), example: { body: { isActive: false } } }),
  'delete-rule': removes(rules, { description: 'What it has set stays.' }),
  'reorder-rules': {
    method: 'POST',
    path: '/v1/wealth/rules/orders',
    summary: 'Change the order of the rules of a household',
    access: 'write',
    backends: database,
    body: ruleOrder,
    writes: [updates(ruleTable, ['position', 'version'])],
    responses: { 200: reply('The order.', ordered) },
    example: { body: { householdId, ruleIds: ['01990000-0000-7000-8000-000000000002'] } },
  },
  'preview-rules': {
    ...heavy,
    method: 'POST',
    path: '/v1/wealth/rules/previews',
    summary: 'Preview what rules would change',
    description: 'Of one rule that need not be stored, or of all active rules, on the transactions of the household. Nothing is stored.',
    access: 'read',
    backends: database,
    body: previewRequest,
    responses: { 200: reply('What would change.', rulePreview) },
    example: { body: { householdId, rule: { conditions: example.conditions, actions: example.actions } } },
  },
  'list-rule-runs': lists(ruleRuns),
  'create-rule-run': creates(ruleRuns, {
    ...heavy,
    summary: 'Run the rules of a household',
    description: `To all transactions or some. The rules run in their order until nothing changes, so that a second run changes nothing. A run changes at most ${RULE_LIMITS.changedAtOnce.toLocaleString('en-US')} transactions; \`remainingCount\` says how many are left for the next run. What a person has set stays. The run logs each change.`,
    body: newRuleRun,
    writes: [inserts(changeTable), ...relabels],
    example: { body: { householdId } },
  }),
  'get-rule-run': gets(ruleRuns),
  'list-rule-changes': lists(ruleChanges),
  'undo-rule-run': {
    ...heavy,
    method: 'POST',
    path: '/v1/wealth/rule-runs/{ruleRunId}/restorations',
    summary: 'Restore what a run of rules has changed',
    description: 'Fields get their value of before the run again, but for those that have changed since. The answer names these.',
    access: 'write',
    backends: database,
    params: z.strictObject({ ruleRunId: uuid.describe('The run of rules.') }),
    writes: [updates(runTable, ['undoneAt']), ...relabels],
    refuses: [409],
    responses: { 200: reply('What was restored and what was left.', undoneRun) },
  },
} as const
