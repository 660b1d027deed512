import { randomUUID } from 'node:crypto'
import { identityCommands } from '../lambdas/identity/commands.ts'
import { marketJobs } from '../lambdas/market/jobs.ts'
import { executeCommand } from '../lambdas/operations/execute-command.ts'
import type { ApiAnswer, ApiRequest } from '../lambdas/api-types.ts'
import { apiClient, type Client } from '../web/client/client.ts'
import { demoAdministrator, demoUser, type SignedInUser, signInDemoUser } from './demo-users.ts'
import type { Platform } from './platform.ts'
import { addSampleHousehold } from './sample-household.ts'
import { addSampleMarket } from './sample-market.ts'
import { fireJob } from './schedules.ts'

type Plan = ApiAnswer<'GET /v1/planning/plans/{planId}'>
type Run = ApiAnswer<'POST /v1/planning/plans/{planId}/runs'>

export interface Demo extends SignedInUser {
  readonly plan: Plan
  readonly run: Run
}

const demoInputs: readonly ApiRequest<'POST /v1/planning/plans/{planId}/inputs'>['body'][] = [
  { inputType: 'person', inputName: 'Alex', inputValue: { birthDate: '1981-04-12', retirementAge: 65 } },
  { inputType: 'account', inputName: 'Retirement savings', inputValue: { balance: '420000.00' } },
  { inputType: 'contribution', inputName: 'Monthly saving', inputValue: { annualAmount: '26000.00' } },
  { inputType: 'withdrawal', inputName: 'Living', inputValue: { annualAmount: '58000.00' } },
]

const modelOf = async (api: Client, riskLevel: number): Promise<string> =>
  (await api('GET /v1/planning/portfolio-models')).items.find(model => model.riskLevel === riskLevel)!.id

const createPlan = async (api: Client): Promise<Plan> => {
  const portfolioModelId = await modelOf(api, 7)
  const household = await api('POST /v1/identity/households', { body: { name: 'Demo household', timezone: 'America/New_York' } })
  return api('POST /v1/planning/plans', {
    body: {
      householdId: household.id,
      name: 'Retire at 65',
      portfolioModelId,
      planningHorizonYears: 50,
      asOfDate: '2026-01-01',
      randomSeed: '20260101',
    },
  })
}

/** The first plan of the user, or a new one. Adds the inputs that an interrupted start left out; a plan with a run has all of them. */
const findOrCreatePlan = async (api: Client): Promise<Plan> => {
  const plans = await api('GET /v1/planning/plans', { query: { limit: 1, sort: 'createdAt' } })
  const plan = plans.items[0] ?? (await createPlan(api))
  if (plan.lastRunAt !== null) return plan
  const params = { planId: plan.id }
  const existing = await api('GET /v1/planning/plans/{planId}/inputs', { params })
  const missing = demoInputs.filter(({ inputName }) => existing.items.every(input => input.inputName !== inputName))
  for (const body of missing) await api('POST /v1/planning/plans/{planId}/inputs', { params, body })
  return plan
}

/** Signs the demonstration administrator in, and makes it one first, as `npm run admin -- users set-role` does. */
const signInAdministrator = async (platform: Pick<Platform, 'url' | 'folder' | 'location'>, takeCode: (address: string) => string) => {
  const administrator = await signInDemoUser(platform, demoAdministrator, takeCode)
  const api = apiClient({ url: platform.url, accessToken: () => administrator.accessToken })
  const { role } = await api('GET /v1/identity/me')
  if (role === 'admin') return api
  const nothing = () => undefined
  await executeCommand(
    identityCommands.setRole,
    { email: administrator.email, role: 'admin' },
    {
      location: platform.location,
      requestId: randomUUID(),
      caller: { caller: 'npm start' },
      hasTime: () => true,
      out: nothing,
      progress: nothing,
      warn: nothing,
    },
  )
  return api
}

/** Does everything through the HTTP API, as a new user would: sign-up, sign-in, a household, a plan, a simulation. */
export const runDemo = async (
  platform: Pick<Platform, 'url' | 'folder' | 'location'>,
  takeCode: (address: string) => string,
  onStep?: (step: string) => void,
): Promise<Demo> => {
  onStep?.('Signing in the demonstration user')
  const user = await signInDemoUser(platform, demoUser, takeCode)
  const api = apiClient({ url: platform.url, accessToken: () => user.accessToken })
  const addPlans = async () => {
    onStep?.('Creating the demonstration plan')
    const plan = await findOrCreatePlan(api)
    onStep?.('Simulating the plan')
    const run = await api('POST /v1/planning/plans/{planId}/runs', { params: { planId: plan.id }, body: {} })
    onStep?.('Adding the sample household')
    await addSampleHousehold(api, await modelOf(api, 6))
    return { plan, run }
  }
  const addMarket = async () => {
    const now = new Date()
    const isNew = await addSampleMarket(api, () => signInAdministrator(platform, takeCode), now)
    if (isNew) await fireJob(marketJobs['make-bar-partitions'], now.toISOString())
  }
  // A sign-up waits most of its time, so that its answer always takes the same.
  const [plans] = await Promise.all([addPlans(), addMarket()])
  return { ...user, ...plans }
}
