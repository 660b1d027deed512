import { currentPlanInputs } from '../../db/queries/planning/plans.ts'
import { insertPlanOutputs } from '../../db/queries/planning/runs.ts'
import { driftOf } from '../../domain/planning/index.ts'
import { serve } from '../runtime/serve.ts'
import { requireResult } from './lookups.ts'
import { refuse } from './read-returns.ts'
import { planningRoutes } from './routes.ts'

export const handler = serve(planningRoutes['report-drift'], async ({ body, params, transaction, user }) => {
  const run = await requireResult(transaction, params.runId)
  const accounts = new Set(
    (await currentPlanInputs(transaction, run.planId)).filter(input => input.inputType === 'account').map(input => input.inputName),
  )
  for (const [index, { account }] of body.balances.entries()) {
    if (!accounts.delete(account)) throw refuse(`body.balances.${index}.account`, 'is no account of the plan, or there twice')
  }
  if (accounts.size > 0) throw refuse('body.balances', `leaves out ${[...accounts].join(', ')}: drift needs every account of the plan`)
  const { asOfDate } = run.provenance as { asOfDate: string }
  const actual = body.balances.reduce((sum, { balance }) => sum + Number(balance), 0)
  const drift = driftOf(run.result.bands, asOfDate, body.date, actual)
  await insertPlanOutputs(transaction, [
    {
      userId: user.id,
      planId: run.planId,
      runId: run.id,
      outputType: 'drift',
      outputName: body.date,
      outputValue: { ...drift, balances: body.balances },
      algorithmVersion: run.engineVersion,
    },
  ])
  return { status: 201, body: drift }
})
