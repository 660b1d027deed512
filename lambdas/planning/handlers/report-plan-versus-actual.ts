import { type PlanInputRow, planInputsWithIds } from '../../../db/queries/planning/plans.ts'
import { insertPlanOutputs } from '../../../db/queries/planning/runs.ts'
import { planVersusActual } from '../../../domain/planning/index.ts'
import { parseMoney, sumMoney } from '../../../domain/shared/index.ts'
import { requireEditor } from '../../runtime/household-rights.ts'
import { serve } from '../../runtime/serve.ts'
import { linkedAccountOf } from '../linked-accounts.ts'
import { requireResult } from '../lookups.ts'
import { invalidValue } from '../../runtime/problem.ts'
import { planningRoutes } from '../routes.ts'

const nameOfLinked = (inputs: readonly PlanInputRow[], linkedAccountId: string) =>
  inputs.find(input => linkedAccountOf(input) === linkedAccountId)?.inputName

export const handler = serve(planningRoutes['report-plan-versus-actual'], async ({ body, params, transaction }) => {
  const run = await requireResult(transaction, params.runId)
  await requireEditor(transaction, run.householdId)
  const { asOfDate, inputIds } = run.provenance as { asOfDate: string; inputIds: string[] }
  const inputs = (await planInputsWithIds(transaction, run.planId, inputIds)).filter(input => input.inputType === 'account')
  const accounts = new Set(inputs.map(input => input.inputName))
  for (const [index, balance] of body.balances.entries()) {
    const field = 'account' in balance ? 'account' : 'linkedAccountId'
    const name = 'account' in balance ? balance.account : nameOfLinked(inputs, balance.linkedAccountId)
    if (name === undefined || !accounts.delete(name))
      throw invalidValue(`body.balances.${index}.${field}`, 'is not an account of the run, or is given twice')
  }
  if (accounts.size > 0) throw invalidValue('body.balances', `must have every account of the run: ${[...accounts].join(', ')} missing`)
  const actual = sumMoney(body.balances.map(({ balance }) => parseMoney(balance, 'USD'))).toNumber()
  const found = planVersusActual(run.result.bands, asOfDate, body.date, actual)
  await insertPlanOutputs(transaction, [
    {
      householdId: run.householdId,
      planId: run.planId,
      runId: run.id,
      outputType: 'plan_versus_actual',
      outputName: body.date,
      outputValue: { ...found, balances: body.balances },
      algorithmVersion: run.engineVersion,
    },
  ])
  return { status: 201, body: found }
})
