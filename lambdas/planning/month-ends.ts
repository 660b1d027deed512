import { sql } from 'drizzle-orm'
import type { Transaction } from '../../db/database.ts'
import { findPlansToFollow, storeMonthEnd } from '../../db/queries/planning/month-ends.ts'
import { currentPlanInputs, type Plan } from '../../db/queries/planning/plans.ts'
import { netWorthOf, type Opening, rollPlanForward, schemaVersionOf, simulatedSteps } from '../../domain/planning/index.ts'
import { type CalendarDate, DomainError, formatMoney, parseMoney, sumMoney } from '../../domain/shared/index.ts'
import { Problem } from '../runtime/problem.ts'
import { type ActualInput, type MissingInput, readActualsOf } from './actual-balances.ts'
import { lockPlan, requireResult } from './lookups.ts'
import { readPlanState } from './plan-state.ts'
import { accountsOfRun, compareWithRun, coversDay, storeReport } from './plan-versus-actual.ts'
import { specify } from './read-specification.ts'
import { assumedPriceChange, readOpening, storeOpening } from './roll-forward.ts'
import { databaseSource } from './run-source.ts'
import { runRequest } from './schemas/runs.ts'
import { simulateWarm } from './simulate-warm.ts'
import { type SimulatedRun, storeRun } from './store-run.ts'
import { requestSteps } from './work-limits.ts'

/** The most plans of a household that are simulated in one firing: the others follow in the next one, an hour later. */
const mostSimulations = 4

/** A plan at the end of a month, with its run. Nothing is stored yet. */
interface Followed {
  readonly opening: Opening
  readonly actuals: readonly ActualInput[]
  readonly simulated: SimulatedRun
  readonly compared: Awaited<ReturnType<typeof compare>>
}

type Outcome = Followed | { readonly reason: string }

const sentenceOf = ({ inputName, reason }: MissingInput): string => `${inputName}: ${reason}.`

/** Why a plan cannot be followed, for the person. Undefined for a fault of another kind, which is tried again. */
const reasonOf = (error: unknown): string | undefined => {
  const issues = error instanceof DomainError ? error.issues : error instanceof Problem && error.status === 422 ? error.errors : []
  return issues.length > 0 ? issues.map(({ message, path }) => `${path}: ${message}.`).join(' ') : undefined
}

/** What `work` gives, or why the plan cannot be followed. */
const orReason = async <Result>(work: () => Promise<Result>): Promise<Result | { readonly reason: string }> => {
  try {
    return await work()
  } catch (error) {
    const reason = reasonOf(error)
    if (reason === undefined) throw error
    return { reason }
  }
}

/** The balances of the day among the paths of the newest run. Null without one, and if it does not have the day or the balances. */
const compare = async (transaction: Transaction, plan: Plan, date: CalendarDate) => {
  if (plan.latestRun === null) return null
  const run = await requireResult(transaction, plan.latestRun.id)
  const accounts = await accountsOfRun(transaction, run)
  const { found, missing } = await readActualsOf(transaction, plan.householdId, accounts, date)
  if (found.length === 0 || missing.length > 0 || !coversDay(run, date)) return null
  return {
    run,
    found: compareWithRun(run, date, found),
    balances: found.map(({ balance, linkedAccountId }) => ({ balance, linkedAccountId })),
  }
}

/** The specification of a plan that is rolled forward, with as many paths as a request may simulate. */
const specifyOpening = async (transaction: Transaction, plan: Plan, { inputs, ...terms }: Opening) => {
  const opened = { ...plan, ...terms, version: plan.version + 1 }
  const rows = inputs.map(input => ({ ...input, schemaVersion: schemaVersionOf(input.inputType), id: input.inputName }))
  const source = { ...databaseSource(transaction, opened), inputs: () => Promise.resolve(rows) }
  const request = runRequest.parse({})
  const whole = await specify(source, request)
  const steps = simulatedSteps(whole.specification)
  if (steps <= requestSteps.run) return whole
  const iterations = Math.floor((whole.specification.paths * requestSteps.run) / steps)
  return specify(source, { ...request, iterations })
}

/** Reads, rolls forward and simulates; stores nothing. */
const follow = async (transaction: Transaction, plan: Plan, monthEnd: CalendarDate): Promise<Outcome> =>
  orReason(async () => {
    const { inputs } = await readPlanState(transaction, plan)
    const { found: actuals, missing } = await readOpening(transaction, plan.householdId, inputs, monthEnd)
    if (missing.length > 0) return { reason: missing.map(sentenceOf).join(' ') }
    const priceChange = await assumedPriceChange(transaction, plan, monthEnd)
    const opening = rollPlanForward({ ...plan, inputs }, { date: monthEnd, balances: actuals, priceChange })
    const { provenance, specification } = await specifyOpening(transaction, plan, opening)
    const compared = await compare(transaction, plan, monthEnd)
    const startedAt = performance.now()
    const result = await simulateWarm(specification)
    const computationTimeMs = Math.round(performance.now() - startedAt)
    return { opening, actuals, compared, simulated: { specification, provenance, result, shardCount: 1, computationTimeMs } }
  })

const accountsOf = (actuals: readonly ActualInput[]): string =>
  formatMoney(sumMoney(actuals.filter(({ inputType }) => inputType === 'account').map(({ balance }) => parseMoney(balance, 'USD'))), 'USD')

/** Stores the report, the new version and its run. Throws 412 if the plan was changed meanwhile: then the household is tried again. */
const storeFollowed = async (transaction: Transaction, read: Plan, monthEnd: CalendarDate, followed: Followed): Promise<void> => {
  const { actuals, compared, opening, simulated } = followed
  const current = await lockPlan(transaction, read.id, read.version)
  if (compared) await storeReport(transaction, compared.run, compared.found, compared.balances)
  const plan = await storeOpening(transaction, current, opening, 'plan')
  const inputIds = (await currentPlanInputs(transaction, plan.id)).map(({ id }) => id)
  const run = await storeRun(transaction, plan, {
    ...simulated,
    provenance: { ...simulated.provenance, planVersion: plan.version, inputIds },
  })
  await storeMonthEnd(transaction, {
    householdId: plan.householdId,
    planId: plan.id,
    monthEnd,
    status: 'followed',
    runId: run.id,
    planVersion: plan.version,
    successProbability: simulated.result.success.probability,
    accountsBalance: accountsOf(actuals),
    netWorth: netWorthOf(actuals.map(({ balance: amount, inputType }) => ({ inputType, amount }))),
    report: compared && { runId: compared.run.id, found: compared.found },
  })
}

/** Stores what was found out about a plan, or why it could not be followed, all of it or nothing. */
const store = async (
  transaction: Transaction,
  plan: Plan,
  monthEnd: CalendarDate,
  outcome: Outcome,
): Promise<'followed' | 'not_followed'> => {
  await transaction.execute(sql`savepoint before_the_plan`)
  const stored = 'reason' in outcome ? outcome : await orReason(() => storeFollowed(transaction, plan, monthEnd, outcome))
  if (stored === undefined) return 'followed'
  await transaction.execute(sql`rollback to savepoint before_the_plan`)
  const { householdId, id: planId } = plan
  await storeMonthEnd(transaction, { householdId, planId, monthEnd, status: 'not_followed', reason: stored.reason })
  return 'not_followed'
}

/**
 * Follows the plans of a household to the end of a month, each once. All are simulated before the first is stored, so that no row is locked
 * while others are simulated. A plan that cannot be followed says why, and is tried again with the next firing.
 */
export const followPlans = async (transaction: Transaction, householdId: string, monthEnd: CalendarDate) => {
  const outcomes: (readonly [Plan, Outcome])[] = []
  let simulations = 0
  for (const plan of await findPlansToFollow(transaction, householdId, monthEnd)) {
    if (simulations === mostSimulations) break
    const outcome = await follow(transaction, plan, monthEnd)
    if (!('reason' in outcome)) simulations += 1
    outcomes.push([plan, outcome])
  }
  const count = { followed: 0, not_followed: 0 }
  for (const [plan, outcome] of outcomes) count[await store(transaction, plan, monthEnd, outcome)] += 1
  return { monthEnd, followed: count.followed, notFollowed: count.not_followed }
}
