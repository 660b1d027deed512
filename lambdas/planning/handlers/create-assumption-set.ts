import { insertAssumptionSet } from '../../../db/queries/planning/assumptions.ts'
import { validateAssumptions } from '../../../domain/planning/index.ts'
import { requireEditableHousehold } from '../../runtime/household-rights.ts'
import { Problem } from '../../runtime/problem.ts'
import { created, serve } from '../../runtime/serve.ts'
import { presentAssumptionSet } from '../present.ts'
import { planningRoutes } from '../routes.ts'

export const handler = serve(planningRoutes['create-assumption-set'], async ({ body, transaction }) => {
  await requireEditableHousehold(transaction, body.householdId)
  const errors = validateAssumptions(body.assumptions).map(issue => ({ ...issue, path: `body.assumptions.${issue.path}` }))
  if (errors.length > 0) throw new Problem(422, 'These assumptions contradict themselves.', { errors })
  const row = await insertAssumptionSet(transaction, body)
  return created(presentAssumptionSet(row), `/v1/planning/assumption-sets/${row.id}`, row.rowVersion)
})
