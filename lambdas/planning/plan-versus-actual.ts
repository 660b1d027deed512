import type { Transaction } from '../../db/database.ts'
import { currentPlanInputs, type PlanInputRow, planInputsWithIds } from '../../db/queries/planning/plans.ts'
import { insertPlanOutputs, type Run } from '../../db/queries/planning/runs.ts'
import { type PlanVersusActual, planVersusActual, type RunResult } from '../../domain/planning/index.ts'
import { type CalendarDate, type Money, parseMoney, sumMoney, yearsBetween } from '../../domain/shared/index.ts'
import { linkedAccountOf } from './linked-accounts.ts'

type RunWithResult = Run & { readonly result: RunResult }

/** A real balance of an account of a run: the account is named as in the plan, or by what it is linked to. */
type StatedBalance = { readonly account: string; readonly balance: Money } | { readonly linkedAccountId: string; readonly balance: Money }

/** What a run says of its inputs. */
export const provenanceOf = (run: Run) => run.provenance as { readonly asOfDate: CalendarDate; readonly inputIds: readonly string[] }

/** The accounts that a run has read. One that was linked later has the link that it has now. */
export const accountsOfRun = async (transaction: Transaction, run: Run): Promise<PlanInputRow[]> => {
  const inputs = await planInputsWithIds(transaction, run.planId, provenanceOf(run).inputIds)
  const linksNow = new Map((await currentPlanInputs(transaction, run.planId)).map(input => [input.inputName, linkedAccountOf(input)]))
  return inputs
    .filter(({ inputType }) => inputType === 'account')
    .map(input => {
      const link = linkedAccountOf(input) ?? linksNow.get(input.inputName)
      return link === undefined ? input : { ...input, inputValue: { ...(input.inputValue as object), linkedAccountId: link } }
    })
}

/** Whether a day is within the years of a run. */
export const coversDay = (run: RunWithResult, date: CalendarDate): boolean => {
  const { asOfDate } = provenanceOf(run)
  return asOfDate <= date && yearsBetween(asOfDate, date) <= (run.result.bands.nominal[0]?.length ?? 1) - 1
}

/** Where the balances of all accounts of a run are among its paths. @throws DomainError naming `date` outside the years of the run */
export const compareWithRun = (
  run: RunWithResult,
  date: CalendarDate,
  balances: readonly { readonly balance: Money }[],
): PlanVersusActual =>
  planVersusActual(
    run.result.bands,
    provenanceOf(run).asOfDate,
    date,
    sumMoney(balances.map(({ balance }) => parseMoney(balance, 'USD'))).toNumber(),
  )

/** Stores a report among the outputs of the plan, with the balances that it was made of. */
export const storeReport = (
  transaction: Transaction,
  run: Run,
  report: PlanVersusActual,
  balances: readonly StatedBalance[],
): Promise<void> =>
  insertPlanOutputs(transaction, [
    {
      householdId: run.householdId,
      planId: run.planId,
      runId: run.id,
      outputType: 'plan_versus_actual',
      outputName: report.date,
      outputValue: { ...report, balances },
      algorithmVersion: run.engineVersion,
    },
  ])
