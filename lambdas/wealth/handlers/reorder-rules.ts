import { reorderRules, rulesOfHousehold } from '../../../db/queries/wealth/rules.ts'
import { requireEditableHousehold } from '../../runtime/household-rights.ts'
import { invalidReference, invalidValue } from '../../runtime/problem.ts'
import { ok, serve } from '../../runtime/serve.ts'
import { wealthRoutes } from '../routes.ts'

export const handler = serve(wealthRoutes['reorder-rules'], async ({ body, transaction }) => {
  const { householdId, ruleIds } = body
  await requireEditableHousehold(transaction, householdId)
  const known = (await rulesOfHousehold(transaction, householdId)).map(({ id }) => id)
  const unknown = ruleIds.findIndex(id => !known.includes(id))
  if (unknown !== -1) throw invalidReference(`body.ruleIds.${unknown}`, 'rule of the household')
  if (new Set(ruleIds).size < ruleIds.length) throw invalidValue('body.ruleIds', 'must name each rule once')
  const order = [...ruleIds, ...known.filter(id => !ruleIds.includes(id))]
  await reorderRules(transaction, householdId, order)
  return ok({ ruleIds: order })
})
