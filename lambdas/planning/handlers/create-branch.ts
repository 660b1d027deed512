import { planRows } from '../../../db/queries/planning/plans.ts'
import { requireEditor } from '../../runtime/household-rights.ts'
import { created, serve } from '../../runtime/serve.ts'
import { requirePlan } from '../lookups.ts'
import { planTerms, readPlanState, recordVersion, termColumns } from '../plan-state.ts'
import { replaceInputs } from '../replace-inputs.ts'
import { plans } from '../resources.ts'
import { planningRoutes } from '../routes.ts'

export const handler = serve(planningRoutes['create-branch'], async ({ body, params, transaction }) => {
  const trunk = await requirePlan(transaction, params.planId)
  await requireEditor(transaction, trunk.householdId)
  const { inputs } = await readPlanState(transaction, trunk)
  const terms = termColumns(planTerms(trunk))
  const branch = await planRows.insert(transaction, {
    ...terms,
    name: body.name,
    description: body.description ?? trunk.description,
    status: 'draft',
    // A scenario asks what would be: only the plan itself follows reality, until a person says otherwise.
    followsAccounts: false,
    parentPlanId: trunk.id,
    householdId: trunk.householdId,
  })
  await replaceInputs(transaction, branch, inputs)
  await recordVersion(transaction, branch, 'branched', 'path.planId', trunk.version)
  return created(plans.present(branch), `/v1/planning/plans/${branch.id}`, branch.version)
})
