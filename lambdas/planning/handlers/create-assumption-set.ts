import { validateAssumptions } from '../../../domain/planning/index.ts'
import { issuesUnder } from '../../../domain/shared/index.ts'
import { requireEditableHousehold } from '../../runtime/household-rights.ts'
import { fieldProblem } from '../../runtime/problem.ts'
import { creating } from '../../runtime/resource/handlers.ts'
import { serve } from '../../runtime/serve.ts'
import { assumptionSets } from '../resources.ts'
import { planningRoutes } from '../routes.ts'

export const handler = serve(
  planningRoutes['create-assumption-set'],
  creating(assumptionSets, async ({ body, transaction }) => {
    await requireEditableHousehold(transaction, body.householdId)
    const errors = issuesUnder('body.assumptions', validateAssumptions(body.assumptions))
    if (errors.length > 0) throw fieldProblem('invalid-value', errors)
    return body
  }),
)
