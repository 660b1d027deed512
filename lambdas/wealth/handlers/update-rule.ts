import { ruleRows } from '../../../db/queries/wealth/rules.ts'
import { requireRow } from '../../runtime/resource/handlers.ts'
import { ok, serve } from '../../runtime/serve.ts'
import { rules } from '../resources/rules.ts'
import { wealthRoutes } from '../routes.ts'
import { requireRuleReferences } from '../rule-references.ts'

export const handler = serve(wealthRoutes['update-rule'], async ({ body, expectedVersion, params, transaction }) => {
  const current = requireRow(await ruleRows.lock(transaction, params.ruleId, expectedVersion), rules)
  await requireRuleReferences(transaction, current.householdId, body)
  const row = requireRow(await ruleRows.update(transaction, current.id, body, current.version), rules)
  return ok(rules.present(row), row.version)
})
