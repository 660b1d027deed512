import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { SimulationResult } from '../domain/simulation/index.ts'
import { type ApiClient, ApiRefusal, apiClient } from './api-client.ts'
import { replaceFile } from './replace-file.ts'
import { addSampleHousehold } from './sample-household.ts'

const email = 'demo@nestegg.example'

export interface DemoRun {
  readonly id: string
  readonly inputHash: string
  readonly outputHash: string
  readonly computationTimeMs: number
  readonly result: SimulationResult
}

export interface Demo {
  readonly email: string
  readonly password: string
  readonly accessToken: string
  readonly plan: {
    readonly id: string
    readonly name: string
    readonly planningHorizonYears: number
    readonly asOfDate: string
    readonly lastRunAt: string | null
  }
  readonly run: DemoRun
}

interface Credentials {
  readonly email: string
  readonly password: string
}

const signIn = async (api: ApiClient, credentials: Credentials): Promise<string> => {
  const { tokens } = await api.post<{ tokens: { accessToken: string } | null }>('/v1/identity/sessions', credentials)
  if (!tokens) throw new Error('The demonstration user has a second factor. Sign in by hand.')
  return tokens.accessToken
}

/** Signs the demonstration user up, or completes a sign-up that was interrupted before its confirmation: its first code is lost. */
const signUp = async (api: ApiClient, credentials: Credentials, takeCode: (address: string) => string): Promise<void> => {
  await api.post('/v1/identity/sign-ups', { ...credentials, firstName: 'Demo', lastName: 'User' })
  await api.post('/v1/identity/sign-ups/codes', { email: credentials.email })
  await api.post('/v1/identity/sign-ups/confirmations', { email: credentials.email, code: takeCode(credentials.email) })
}

/** Sets the new password of a user whose old one was lost. */
const resetPassword = async (api: ApiClient, { email: address, password }: Credentials, takeCode: (address: string) => string) => {
  await api.post('/v1/identity/password-resets', { email: address })
  await api.post('/v1/identity/password-resets/confirmations', { email: address, code: takeCode(address), newPassword: password })
}

/** The stored credentials; undefined if there are none, or if their file is empty or damaged. */
const storedCredentials = (file: string): Credentials | undefined => {
  try {
    const { email: address, password } = JSON.parse(readFileSync(file, 'utf8')) as Credentials
    return address === email && typeof password === 'string' ? { email, password } : undefined
  } catch {
    return undefined
  }
}

/** The demonstration user's credentials, created on the first start. They are stored before they are used, so that they cannot be lost. */
const demoCredentials = (folder: string): Credentials => {
  const file = join(folder, 'demo.json')
  const stored = storedCredentials(file)
  if (stored) return stored
  const credentials = { email, password: `Nest-${randomBytes(9).toString('base64url')}-7a` }
  replaceFile(file, JSON.stringify(credentials))
  return credentials
}

/** Signs the demonstration user in. Signs the user up first, or completes an interrupted sign-up, if needed. */
const signInDemoUser = async (
  url: string,
  folder: string,
  takeCode: (address: string) => string,
): Promise<Credentials & { accessToken: string }> => {
  const api = apiClient(url)
  const credentials = demoCredentials(folder)
  try {
    return { ...credentials, accessToken: await signIn(api, credentials) }
  } catch (error) {
    if (!(error instanceof ApiRefusal) || error.status !== 401) throw error
    await signUp(api, credentials, takeCode).catch((refusal: unknown) => {
      if (refusal instanceof ApiRefusal) throw refusal
      // Without a code, the user exists already and has another password.
      return resetPassword(api, credentials, takeCode)
    })
  }
  return { ...credentials, accessToken: await signIn(api, credentials) }
}

type Listed<Item> = { readonly items: readonly Item[] }

const demoInputs = [
  { inputType: 'person', inputName: 'Alex', inputValue: { birthDate: '1981-04-12', retirementAge: 65 } },
  { inputType: 'account', inputName: 'Retirement savings', inputValue: { balance: '420000.00' } },
  { inputType: 'contribution', inputName: 'Monthly saving', inputValue: { annualAmount: '26000.00' } },
  { inputType: 'withdrawal', inputName: 'Living', inputValue: { annualAmount: '58000.00' } },
]

type Models = Listed<{ readonly id: string; readonly riskLevel: number }>

const listModels = (api: ApiClient) => api.get<Models>('/v1/planning/portfolio-models')
const modelOf = ({ items }: Models, riskLevel: number): string => items.find(model => model.riskLevel === riskLevel)!.id

const createPlan = async (api: ApiClient): Promise<Demo['plan']> => {
  const models = await listModels(api)
  const household = await api.post<{ id: string }>('/v1/identity/households', { name: 'Demo household', timezone: 'America/New_York' })
  return api.post<Demo['plan']>('/v1/planning/plans', {
    householdId: household.id,
    name: 'Retire at 65',
    portfolioModelId: modelOf(models, 7),
    planningHorizonYears: 50,
    asOfDate: '2026-01-01',
    randomSeed: '20260101',
  })
}

/** The first plan of the user, or a new one. Adds the inputs that an interrupted start left out; a plan with a run has all of them. */
const findOrCreatePlan = async (api: ApiClient): Promise<Demo['plan']> => {
  const plans = await api.get<Listed<Demo['plan']>>('/v1/planning/plans?limit=1&sort=createdAt')
  const plan = plans.items[0] ?? (await createPlan(api))
  if (plan.lastRunAt !== null) return plan
  const existing = await api.get<Listed<{ inputName: string }>>(`/v1/planning/plans/${plan.id}/inputs`)
  const missing = demoInputs.filter(({ inputName }) => existing.items.every(input => input.inputName !== inputName))
  for (const input of missing) await api.post(`/v1/planning/plans/${plan.id}/inputs`, input)
  return plan
}

/** Does everything through the HTTP API, as a new user would: sign-up, sign-in, a household, a plan, a simulation. */
export const runDemo = async (
  url: string,
  folder: string,
  takeCode: (address: string) => string,
  onStep?: (step: string) => void,
): Promise<Demo> => {
  onStep?.('Signing in the demonstration user')
  const user = await signInDemoUser(url, folder, takeCode)
  const api = apiClient(url, user.accessToken)
  onStep?.('Creating the demonstration plan')
  const plan = await findOrCreatePlan(api)
  onStep?.('Simulating the plan')
  const run = await api.post<DemoRun>(`/v1/planning/plans/${plan.id}/runs`, {})
  onStep?.('Adding the sample household')
  await addSampleHousehold(api, modelOf(await listModels(api), 6))
  return { ...user, plan, run }
}
