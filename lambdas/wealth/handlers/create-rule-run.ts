import { requireEditableHousehold } from '../../runtime/household-rights.ts'
import { created, serve } from '../../runtime/serve.ts'
import { runRules } from '../apply-rules.ts'
import { ruleRuns } from '../resources/rules.ts'
import { wealthRoutes } from '../routes.ts'
import { requireAccounts } from '../rule-references.ts'

export const handler = serve(wealthRoutes['create-rule-run'], async ({ body, transaction }) => {
  const { householdId, scope = {} } = body
  await requireEditableHousehold(transaction, householdId)
  if (scope.accountId !== undefined) await requireAccounts(transaction, householdId, [scope.accountId], 'body.scope.accountId')
  const run = await runRules(transaction, householdId, scope, 'person')
  return created(ruleRuns.present(run), `${ruleRuns.path}/${run.id}`)
})
