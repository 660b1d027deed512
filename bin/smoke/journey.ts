import { setTimeout as delay } from 'node:timers/promises'
import type { ApiAnswer, ApiRequest } from '../../lambdas/api-types.ts'
import { apiClient, type Client } from '../../web/client/client.ts'
import { ApiProblem } from '../../web/client/problem.ts'
import type { StepRunner } from './steps.ts'
import type { SmokeUser } from './users.ts'

export interface JourneyOptions {
  readonly url: string
  readonly user: SmokeUser
  /** The address of API Gateway, if only the front may reach the API. */
  readonly closedUrl?: string
  /** Starts a job as its schedule does. Left out: without credentials for it. */
  readonly startJob?: () => Promise<void>
  /** How long the platform may take to wake its database. */
  readonly wakeSeconds?: number
  /** How long the large run may take. */
  readonly largeRunSeconds?: number
}

type Run = ApiAnswer<'GET /v1/planning/runs/{runId}'>

const name = 'Smoke test'
const inputs: readonly ApiRequest<'POST /v1/planning/plans/{planId}/inputs'>['body'][] = [
  { inputType: 'account', inputName: 'Savings', inputValue: { balance: '1000000.00' } },
  { inputType: 'withdrawal', inputName: 'Living', inputValue: { annualAmount: '40000.00', startYear: 0 } },
]
/** More paths than one part of a large run simulates. */
const largeRunIterations = 20_000

/** A cluster that was paused needs a quarter of a minute, and answers with 503 until then. */
const waitForHealth = async (url: string, seconds: number): Promise<void> => {
  const deadline = Date.now() + seconds * 1_000
  for (;;) {
    try {
      await apiClient({ url })('GET /health')
      return
    } catch (error) {
      if (Date.now() >= deadline) throw error
      await delay(Math.min(2_000, deadline - Date.now()))
    }
  }
}

/** API Gateway answers at the address of an API without it as if the API had no routes. */
const expectClosed = async (url: string): Promise<void> => {
  const { status } = await fetch(`${url}/health`)
  if (status !== 403 && status !== 404) throw new Error(`${url}/health answered ${status}. Everybody can go past the front.`)
}

const signIn = async (url: string, { email, password }: SmokeUser): Promise<Client> => {
  const { tokens } = await apiClient({ url })('POST /v1/identity/sessions', { body: { email, password } })
  if (!tokens) throw new Error('The sign-in asks for more than a password. Use a user without a second factor.')
  return apiClient({ url, accessToken: () => tokens.accessToken })
}

/** The household of earlier tests with the same user, or a new one. No route removes a household, so it is used again. */
const findHousehold = async (api: Client): Promise<string> => {
  const { items } = await api('GET /v1/identity/households', { query: { limit: 100 } })
  const known = items.find(household => household.name === name)
  return (known ?? (await api('POST /v1/identity/households', { body: { name, timezone: 'UTC' } }))).id
}

const createPlan = async (api: Client, householdId: string): Promise<string> => {
  const [model] = (await api('GET /v1/planning/portfolio-models')).items
  if (!model) throw new Error('There is no portfolio model.')
  const plan = await api('POST /v1/planning/plans', {
    body: {
      householdId,
      name,
      portfolioModelId: model.id,
      planningHorizonYears: 30,
      asOfDate: '2026-01-01',
      monteCarloIterations: 1_000,
      randomSeed: '42',
    },
  })
  for (const body of inputs) await api('POST /v1/planning/plans/{planId}/inputs', { params: { planId: plan.id }, body })
  return plan.id
}

const findPlan = async (api: Client, householdId: string): Promise<string> => {
  const { items } = await api('GET /v1/planning/plans', { query: { limit: 100 } })
  return items.find(plan => plan.name === name && plan.householdId === householdId)?.id ?? createPlan(api, householdId)
}

const simulate = async (api: Client, planId: string): Promise<Run> => {
  const run = await api('POST /v1/planning/plans/{planId}/runs', { params: { planId }, body: {} })
  if (run.status !== 'succeeded' || run.outputHash === null) throw new Error(`The run ${run.id} is ${run.status}: ${run.error}`)
  return run
}

const repeat = async (api: Client, planId: string, first: Run): Promise<void> => {
  const second = await simulate(api, planId)
  if (second.outputHash !== first.outputHash)
    throw new Error(`Two runs of the same plan have different results: ${first.outputHash} and ${second.outputHash}`)
}

const simulateLarge = async (api: Client, planId: string, seconds: number): Promise<void> => {
  const deadline = Date.now() + seconds * 1_000
  let run = await api('POST /v1/planning/plans/{planId}/large-runs', { params: { planId }, body: { iterations: largeRunIterations } })
  while (run.status === 'queued' || run.status === 'running') {
    if (Date.now() >= deadline) throw new Error(`The run ${run.id} is still ${run.status} after ${seconds} s.`)
    await delay(Math.min(1_000, seconds * 100))
    run = await api('GET /v1/planning/runs/{runId}', { params: { runId: run.id } })
  }
  if (run.status !== 'succeeded') throw new Error(`The run ${run.id} is ${run.status}: ${run.error}`)
}

const verify = async (api: Client, { id }: Run): Promise<void> => {
  const { matched, differences } = await api('POST /v1/planning/runs/{runId}/verify', { params: { runId: id } })
  if (!matched) throw new Error(`The run ${id} differs from what was stored: ${differences.join(', ')}`)
}

const deleteAccount = async (url: string, api: Client, user: SmokeUser): Promise<void> => {
  await api('POST /v1/identity/me/deletions', { body: { password: user.password } })
  const refused = await signIn(url, user).then(
    () => false,
    (error: unknown) => error instanceof ApiProblem && error.status === 401,
  )
  if (!refused) throw new Error('The deleted account can still sign in.')
}

/**
 * Uses the platform as a user does, from the sign-in to a verified run and the end of the account. Stops at the first failure, and cleans up
 * whatever happened. The failures are counted by the runner.
 */
export const takeJourney = async ({ step, skip }: StepRunner, options: JourneyOptions): Promise<void> => {
  const { closedUrl, startJob, url, user, wakeSeconds = 120, largeRunSeconds = 600 } = options
  let api: Client | undefined
  let isCreated = false
  try {
    await step('The platform is healthy', () => waitForHealth(url, wakeSeconds))
    if (closedUrl !== undefined) await step('Only the front reaches the API', () => expectClosed(closedUrl))
    await step(user.isThrowAway ? 'Create a user' : `Use ${user.email}`, async () => {
      // An attempt that failed may have made the user.
      isCreated = true
      await user.create()
    })
    const signedIn = await step('Sign in', () => signIn(url, user))
    api = signedIn
    const householdId = await step('Have a household', () => findHousehold(signedIn))
    const planId = await step('Have a plan', () => findPlan(signedIn, householdId))
    const run = await step('Simulate the plan', () => simulate(signedIn, planId))
    await step('Get the same result again', () => repeat(signedIn, planId, run))
    await step('Verify the run', () => verify(signedIn, run))
    await step(`Simulate ${largeRunIterations} paths in parts`, () => simulateLarge(signedIn, planId, largeRunSeconds))
    if (startJob) await step('Start a scheduled job', startJob)
    else skip('Start a scheduled job', 'it needs an environment, and credentials of its account')
  } catch {
    // Its line is printed, and the runner has counted it.
  } finally {
    await cleanUp(step, { url, user, api, isCreated })
  }
}

interface Made {
  readonly url: string
  readonly user: SmokeUser
  readonly api: Client | undefined
  readonly isCreated: boolean
}

const cleanUp = async (step: StepRunner['step'], { url, user, api, isCreated }: Made): Promise<void> => {
  if (!user.isThrowAway || !isCreated) return
  try {
    if (api) {
      const signedIn = api
      await step('Delete the account', () => deleteAccount(url, signedIn, user))
    }
  } catch {
    // Counted. The user pool must not keep the user.
  } finally {
    await step('Leave no user behind', () => user.discard()).catch(() => undefined)
  }
}
