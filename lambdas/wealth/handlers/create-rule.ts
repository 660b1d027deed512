import { nextPosition, rulesOfHousehold } from '../../../db/queries/wealth/rules.ts'
import { RULE_LIMITS } from '../../../domain/wealth/index.ts'
import { requireEditableHousehold } from '../../runtime/household-rights.ts'
import { invalidValue } from '../../runtime/problem.ts'
import { creating } from '../../runtime/resource/handlers.ts'
import { serve } from '../../runtime/serve.ts'
import { rules } from '../resources/rules.ts'
import { wealthRoutes } from '../routes.ts'
import { requireRuleReferences } from '../rule-references.ts'

export const handler = serve(
  wealthRoutes['create-rule'],
  creating(rules, async ({ body, transaction }) => {
    await requireEditableHousehold(transaction, body.householdId)
    await requireRuleReferences(transaction, body.householdId, body)
    const { length } = await rulesOfHousehold(transaction, body.householdId)
    if (length >= RULE_LIMITS.rules) throw invalidValue('body.householdId', `has ${length} rules, which is the maximum`)
    return { ...body, position: await nextPosition(transaction, body.householdId) }
  }),
)
