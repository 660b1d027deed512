import { readFileSync } from 'node:fs'
import { randomBytes } from 'node:crypto'
import type { Mail } from '../../lambdas/runtime/mail.ts'
import { mailBox } from '../../local/mails.ts'
import { type Services, type ServicesOptions, startServices } from '../../local/services.ts'
import type { DatabaseLocation } from '../../db/connections.ts'
import { createTestDatabase, type TestDatabase } from './postgres.ts'

export interface Answer {
  readonly status: number
  // Tests read the fields of any route. The platform checks each response against its schema.
  // oxlint-disable-next-line typescript/no-explicit-any
  readonly body: any
  readonly headers: Headers
}

export interface RequestOptions {
  readonly body?: unknown
  /** Sent unchanged, instead of `body` as JSON. */
  readonly rawBody?: string | Uint8Array<ArrayBuffer>
  readonly token?: string | undefined
  readonly headers?: Record<string, string>
}

export interface TestUser {
  readonly email: string
  readonly password: string
  readonly token: string
  readonly idToken: string
  readonly refreshToken: string
  /** `request` with the user's token. */
  request(method: string, path: string, options?: Omit<RequestOptions, 'token'>): Promise<Answer>
}

export interface TestServices {
  readonly services: Services
  /** The code in the last mail to an address. */
  readonly takeCode: (email: string) => string
  /** The last mail to an address. It is removed. */
  readonly takeMail: (email: string) => Mail
  request(method: string, path: string, options?: RequestOptions): Promise<Answer>
  /** Signs a new user up, confirms them and signs them in, through the API. */
  newUser(): Promise<TestUser>
  close(): Promise<void>
}

export interface TestPlatform extends TestServices {
  readonly database: TestDatabase
}

export interface TestPlatformOptions {
  readonly accessTokenSeconds?: number
  readonly port?: number
  readonly mailFolder?: string
  /** The folder of the built web application. */
  readonly webFolder?: string
  /** Loads the handler of a route; default: from its source. */
  readonly load?: ServicesOptions['load']
  /** Whether work on ledgers is done in the background, while the test goes on. Default: no. */
  readonly doesLedgerWork?: boolean
}

/** The services over a test's own database, with the functions that send requests to them. */
export const startTestServices = async (location: DatabaseLocation, options: TestPlatformOptions = {}): Promise<TestServices> => {
  const { authentication } = location
  const password = authentication.kind === 'password-file' ? readFileSync(authentication.path, 'utf8').trim() : ''
  const mails = mailBox()
  const services = await startServices({ location, password, deliverMail: mails.deliver, doesLedgerWork: false, ...options })

  const request = async (method: string, path: string, { body, headers, rawBody, token }: RequestOptions = {}): Promise<Answer> => {
    const sent = rawBody ?? (body === undefined ? undefined : JSON.stringify(body))
    const response = await fetch(`${services.url}${path}`, {
      method,
      headers: {
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
        ...(sent === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(sent === undefined ? {} : { body: sent }),
    })
    const text = await response.text()
    const isJson = /[/+]json/.test(response.headers.get('content-type') ?? '')
    return { status: response.status, body: isJson ? JSON.parse(text) : text, headers: response.headers }
  }

  const newUser = async (): Promise<TestUser> => {
    const email = `user-${randomBytes(5).toString('hex')}@nestegg.example`
    const password = `Test-${randomBytes(9).toString('hex')}-A1`
    await request('POST', '/v1/identity/sign-ups', { body: { email, password } })
    await request('POST', '/v1/identity/sign-ups/confirmations', { body: { email, code: mails.takeCode(email) } })
    const { body } = await request('POST', '/v1/identity/sessions', { body: { email, password } })
    const { accessToken: token, idToken, refreshToken } = body.tokens
    return {
      email,
      password,
      token,
      idToken,
      refreshToken,
      request: (method, path, more = {}) => request(method, path, { ...more, token }),
    }
  }

  return { services, takeCode: mails.takeCode, takeMail: mails.take, request, newUser, close: () => services.close() }
}

/** The platform over a database of its own, on a free port: real PostgreSQL, real sign-in, the same handlers. */
export const startTestPlatform = async (options: TestPlatformOptions = {}): Promise<TestPlatform> => {
  const database = await createTestDatabase()
  const started = await startTestServices(database.location, options)
  const close = async () => {
    await started.close()
    await database.drop()
  }
  return { ...started, database, close }
}

/** Creates a household of the user through the API. Returns its id. */
export const newHousehold = async (user: TestUser): Promise<string> => {
  const { body } = await user.request('POST', '/v1/identity/households', { body: { name: 'Home', timezone: 'America/New_York' } })
  return body.id
}

/** Creates through the API a household and a plan with inputs that can be simulated. */
export const newPlan = async (user: TestUser, { householdId: given, ...overrides }: Record<string, unknown> = {}) => {
  const models = await user.request('GET', '/v1/planning/portfolio-models')
  const householdId = typeof given === 'string' ? given : await newHousehold(user)
  const plan = await user.request('POST', '/v1/planning/plans', {
    body: {
      householdId,
      name: 'Retire at 65',
      portfolioModelId: models.body.items.find((model: { riskLevel: number }) => model.riskLevel === 6).id,
      planningHorizonYears: 30,
      asOfDate: '2026-01-01',
      monteCarloIterations: 1000,
      randomSeed: '42',
      ...overrides,
    },
  })
  for (const body of [
    { inputType: 'account', inputName: 'Savings', inputValue: { balance: '1000000.00' } },
    { inputType: 'withdrawal', inputName: 'Living', inputValue: { annualAmount: '40000.00', startYear: 0 } },
  ]) {
    await user.request('POST', `/v1/planning/plans/${plan.body.id}/inputs`, { body })
  }
  const read = await user.request('GET', `/v1/planning/plans/${plan.body.id}`)
  return { householdId, planId: read.body.id as string, plan: read.body, etag: read.headers.get('etag')! }
}
