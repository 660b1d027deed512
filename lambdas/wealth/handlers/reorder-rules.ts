import { reorderRules, rulesOfHousehold } from '../../../db/queries/wealth/rules.ts'
import { requireEditableHousehold } from '../../runtime/household-rights.ts'
import { invalidValue } from '../../runtime/problem.ts'
import { ok, serve } from '../../runtime/serve.ts'
import { wealthRoutes } from '../routes.ts'

export const handler = serve(wealthRoutes['reorder-rules'], async ({ body, transaction }) => {
  const { householdId, ruleIds } = body
  await requireEditableHousehold(transaction, householdId)
  const known = new Set((await rulesOfHousehold(transaction, householdId)).map(({ id }) => id))
  const isWhole = ruleIds.length === known.size && new Set(ruleIds).size === known.size && ruleIds.every(id => known.has(id))
  if (!isWhole) throw invalidValue('body.ruleIds', 'must be all rules of the household, each once')
  await reorderRules(transaction, householdId, ruleIds)
  return ok({ ruleIds })
})
