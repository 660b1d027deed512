import { transactionsForRules } from '../../../db/queries/wealth/rule-transactions.ts'
import { rulesToRun } from '../../../db/queries/wealth/rules.ts'
import { householdRows } from '../../../db/queries/identity/index.ts'
import { evaluateRules } from '../../../domain/wealth/index.ts'
import { invalidReference } from '../../runtime/problem.ts'
import { ok, serve } from '../../runtime/serve.ts'
import { wealthRoutes } from '../routes.ts'
import { requireRuleReferences } from '../rule-references.ts'

const SHOWN_CHANGES = 100
/** The id of a rule that is not stored. */
const UNSTORED = 'unstored'

export const handler = serve(wealthRoutes['preview-rules'], async ({ body, transaction }) => {
  const { householdId, rule, scope = {} } = body
  if (!(await householdRows.find(transaction, householdId))) throw invalidReference('body.householdId', 'household')
  if (rule) await requireRuleReferences(transaction, householdId, rule, 'body.rule')
  const rules = rule ? [{ ...rule, id: UNSTORED, name: rule.name ?? '', isActive: true }] : await rulesToRun(transaction, householdId)
  const stored = await transactionsForRules(transaction, householdId, scope, 'read')
  const newestFirst = stored.toSorted((a, b) => (a.date === b.date ? (a.id < b.id ? 1 : -1) : a.date < b.date ? 1 : -1))
  const { changes, contradictions } = evaluateRules(rules, newestFirst)
  const byId = new Map(stored.map(row => [row.id, row]))
  return ok({
    transactionCount: stored.length,
    changedTransactionCount: new Set(changes.map(({ transactionId }) => transactionId)).size,
    changeCount: changes.length,
    contradictionCount: contradictions.length,
    changes: changes.slice(0, SHOWN_CHANGES).map(({ ruleId, ...change }) => {
      const { amount, date, description } = byId.get(change.transactionId)!
      return { ...change, ruleId: ruleId === UNSTORED ? null : ruleId, date, amount, description }
    }),
  })
})
