import type * as z from 'zod'
import { householdRows } from '../../../db/queries/identity/index.ts'
import type { PlanInputRow } from '../../../db/queries/planning/plans.ts'
import { requireEditor } from '../../runtime/household-rights.ts'
import { fieldProblem, invalidValue } from '../../runtime/problem.ts'
import { serve } from '../../runtime/serve.ts'
import { todayIn } from '../../runtime/today.ts'
import { missingIssues, readActualsOf } from '../actual-balances.ts'
import { linkedAccountOf } from '../linked-accounts.ts'
import { requireResult } from '../lookups.ts'
import { accountsOfRun, compareWithRun, storeReport } from '../plan-versus-actual.ts'
import { planningRoutes } from '../routes.ts'
import type { planVersusActualRequest } from '../schemas/runs.ts'

type Given = NonNullable<z.output<typeof planVersusActualRequest>['balances']>

/** The accounts without a given balance. Throws 422 for a balance of no account of the run, or of one that has a balance already. */
const withoutGiven = (accounts: readonly PlanInputRow[], balances: Given): PlanInputRow[] => {
  const left = new Map(accounts.map(account => [account.inputName, account]))
  for (const [index, given] of balances.entries()) {
    const field = 'account' in given ? 'account' : 'linkedAccountId'
    const name =
      'account' in given ? given.account : accounts.find(account => linkedAccountOf(account) === given.linkedAccountId)?.inputName
    if (name === undefined || !left.delete(name))
      throw invalidValue(`body.balances.${index}.${field}`, 'is not an account of the run, or is given twice')
  }
  return [...left.values()]
}

export const handler = serve(planningRoutes['report-plan-versus-actual'], async ({ body, params, transaction }) => {
  const run = await requireResult(transaction, params.runId)
  await requireEditor(transaction, run.householdId)
  const accounts = await accountsOfRun(transaction, run)
  if (accounts.length === 0) throw invalidValue('path.runId', 'has read no account')
  const given = body.balances ?? []
  const toRead = withoutGiven(accounts, given)
  const household = await householdRows.find(transaction, run.householdId)
  const today = todayIn(household!.timezone)
  const date = body.date ?? today
  if (date > today && toRead.some(account => linkedAccountOf(account) !== undefined))
    throw invalidValue('body.date', `must not be after today, ${today}, where balances are left out`)
  const { found, missing } = await readActualsOf(transaction, run.householdId, toRead, date)
  if (missing.length > 0) throw fieldProblem('invalid-value', missingIssues(missing))
  const read = found.map(({ balance, linkedAccountId }) => ({ linkedAccountId, balance }))
  const report = compareWithRun(run, date, [...given, ...read])
  await storeReport(transaction, run, report, [...given, ...read])
  return { status: 201, body: report }
})
