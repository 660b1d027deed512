import type { Sql } from '../../db/connections.ts'
import { routes } from '../../lambdas/routes.ts'
import type { Route } from '../../lambdas/runtime/route.ts'
import type { TestUser } from '../support/platform.ts'
import { exampleBody, fill } from '../support/resources.ts'
import { pathCases, type Shared } from '../support/route-cases.ts'
import { type ApiRequest, type DeployedRoute, deployedClaims } from './http-api.ts'

/** The declaration of a route of the template, for the form of its requests. */
export const declarationOf = ({ routeKey }: DeployedRoute): Route => routes.find(({ method, path }) => `${method} ${path}` === routeKey)!

const nthId = (n: number): string => `01990000-0000-7000-8000-00000000001${n}`

/** The ids of what `makeOperations` makes. */
const ofOperations = {
  personId: nthId(1),
  systemEventId: nthId(2),
  policyId: nthId(3),
  removedPolicyId: nthId(4),
  holdId: nthId(5),
  erasedId: nthId(6),
}

/** Makes what the paths of administrators name. */
export const makeOperations = async (sql: Sql): Promise<void> => {
  const { erasedId, holdId, personId, policyId, removedPolicyId, systemEventId } = ofOperations
  await sql`insert into identity.users (id, cognito_sub) values (${personId}, 'a person'), (${erasedId}, 'another person')`
  await sql`insert into operations.legal_holds (id, user_id, reason) values (${holdId}, ${personId}, 'Claim')`
  await sql`insert into operations.system_events (id, event_type, event_category, message, fingerprint) values (${systemEventId}, 'error', 'api', 'It failed.', '0')`
  for (const id of [policyId, removedPolicyId])
    await sql`insert into operations.data_retention_policies (id, name, table_name, retention_period_days, schedule_cron)
      values (${id}, ${id}, 'operations.job_runs', 90, '0 2 * * *')`
}

const days = 'from=2026-01-01&until=2026-02-01'

/** The queries of routes that need one and whose paths name nothing of a household. */
const queries: Readonly<Record<string, string>> = {
  'wealth/create-broker-comparison': '?householdId={householdId}&year=2025',
  'wealth/export-unrealised-gains': '?householdId={householdId}&format=csv',
  'market/delete-bars': '?symbol=ONE&timeframe=1d&from=2026-01-01T00:00:00Z&until=2026-02-01T00:00:00Z',
  'market/list-bars': '?symbols=ONE&timeframe=1d',
  'market/export-bars': '?symbols=ONE&timeframe=1d',
  'market/list-latest-bars': '?timeframe=1d',
  'market/list-rollups': `?symbols=ONE&timeframe=1d&period=month&${days}`,
  'market/list-bar-gaps': `?symbol=ONE&timeframe=1d&${days}`,
  'market/list-bar-faults': `?symbols=ONE&timeframe=1d&${days}`,
  'market/list-stale-symbols': '?timeframe=1d&until=2026-02-01',
  'market/compute-indicators': '?timeframe=1d&indicators=sma(period=2)',
  'market/list-fx-rates': '?base=EUR&quote=USD',
}

const bar = { symbol: 'ONE', timeframe: '1d', time: '2026-01-05', open: '3', high: '3', low: '3', close: '3', volume: 1 }

/** The bodies of routes without an example, by route, for a user. */
const bodies: Readonly<Record<string, (user: TestUser) => object | string>> = {
  'wealth/create-broker-comparison': () => 'Symbol,Quantity,Date Sold,Proceeds\nVTI,1,2025-03-04,5.00\n',
  'identity/confirm-sign-up': ({ email }) => ({ email, code: '123456' }),
  'identity/resend-sign-up-code': ({ email }) => ({ email }),
  'identity/create-session': ({ email, password }) => ({ email, password }),
  'identity/answer-challenge': ({ email }) => ({ email, challenge: 'SOFTWARE_TOKEN_MFA', session: 'x'.repeat(32), code: '123456' }),
  'identity/refresh-session': ({ refreshToken }) => ({ refreshToken }),
  'identity/end-session': ({ refreshToken }) => ({ refreshToken }),
  'identity/create-passkey-challenge': ({ email }) => ({ email }),
  'identity/create-passkey': ({ password }) => ({ password }),
  'identity/verify-passkey': () => ({
    credential: { id: 'AAAA', rawId: 'AAAA', type: 'public-key', response: { clientDataJSON: 'AAAA', attestationObject: 'AAAA' } },
  }),
  'identity/remove-passkey': ({ password }) => ({ password, passkeyId: 'AAAA' }),
  'identity/create-password-reset': ({ email }) => ({ email }),
  'identity/confirm-password-reset': ({ email, password }) => ({ email, code: '123456', newPassword: `${password}x` }),
  'identity/create-totp-device': ({ password }) => ({ password }),
  'identity/verify-totp-device': () => ({ code: '123456' }),
  'identity/remove-totp-devices': ({ password }) => ({ password }),
  'identity/change-password': ({ password }) => ({ password, newPassword: `${password}x` }),
  'identity/close-account': ({ password }) => ({ password }),
  'identity/delete-account': ({ password }) => ({ password }),
  'operations/place-legal-hold': () => ({ userId: ofOperations.personId, reason: 'Claim' }),
  'market/store-bars': () => ({ bars: [bar] }),
  'market/put-instrument': () => ({ name: 'One', type: 'stock', exchangeCode: 'XNYS', currency: 'USD' }),
}

/** What differs from the example of a route, of which there is one already. */
const changes: Readonly<Record<string, object>> = {
  'planning/create-assumption-set': { version: 'another' },
  'wealth/create-lot-election': { effectiveOn: '2026-03-01' },
  'wealth/create-identical-securities': { otherSymbol: 'SPY' },
}

/** The values of path parameters that name nothing of a household. */
const params: Readonly<Record<string, string>> = {
  symbol: 'ONE',
  exchangeCode: 'XNYS',
  code: 'not-found',
  datasetId: '01990000-0000-7000-8000-000000000001',
  priceProfileId: '01990000-0000-7000-8000-000000000001',
  priceFileId: '01990000-0000-7000-8000-000000000001',
  ...ofOperations,
}

/** Those of single routes. */
const ownParams: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'identity/erase-user': { userId: ofOperations.erasedId },
  'operations/delete-retention-policy': { policyId: ofOperations.removedPolicyId },
}

const order = Object.keys(pathCases)
/** The place of a route in an order in which no route takes away what a later one needs: that of `pathCases`, after all others. */
export const placeOf = (route: DeployedRoute): number => order.indexOf(declarationOf(route).id)

/** Whether a route ends or changes what belongs to the caller alone, so that the caller cannot make another request. */
export const usesUpCaller = ({ path }: DeployedRoute): boolean => /\/(me|sessions|password-changes|totp-devices)\b/.test(path)

/** The body of an example for the household of the user. */
const ofHousehold = (body: unknown, householdId: string): unknown =>
  typeof body === 'object' && body !== null && 'householdId' in body ? { ...body, householdId } : body

/** Routes with a query that names the household. */
const householdQueries = new Set([
  '/v1/wealth/balances',
  '/v1/wealth/estate',
  '/v1/wealth/positions',
  '/v1/wealth/tax-lots',
  '/v1/wealth/lot-closings',
  '/v1/wealth/wash-sales',
  '/v1/wealth/performance',
  '/v1/wealth/performance/derivation',
  '/v1/wealth/net-worth',
  '/v1/wealth/wash-sale-watch',
  '/v1/wealth/contribution-limits',
  '/v1/wealth/harvest-candidates',
  '/v1/wealth/data-health',
  '/v1/wealth/unrealised-gains',
])

/** A well-formed request of a signed-in user. */
export const requestFor = (route: DeployedRoute, user: TestUser, shared: Shared): ApiRequest => {
  const declaration = declarationOf(route)
  const { bulkBody, example, id, ifMatch, resource } = declaration
  const pathCase = pathCases[id]
  const values = { ...params, ...ownParams[id], ...shared.resources, ...pathCase?.ids(shared, 'owner') }
  const names = [...route.path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name!)
  const made = typeof pathCase?.body === 'function' ? pathCase.body(shared, 'owner') : pathCase?.body
  const own =
    resource?.operation === 'create'
      ? { ...exampleBody(declaration, shared.resources), ...changes[id] }
      : (bodies[id]?.(user) ?? ofHousehold(example?.body, shared.householdId))
  const body: unknown = made ?? own
  const mediaType = pathCase?.mediaType ?? (typeof body === 'string' ? bulkBody?.mediaTypes[0] : undefined)
  return {
    params: Object.fromEntries(names.map(name => [name, values[name] ?? 'unknown'])),
    query:
      (pathCase?.query && fill(pathCase.query, values)) ??
      (queries[id] && fill(queries[id], { householdId: shared.householdId })) ??
      (householdQueries.has(declaration.path) ? `?householdId=${shared.householdId}` : ''),
    headers: {
      ...(ifMatch === undefined ? {} : { 'if-match': '*' }),
      ...(mediaType === undefined ? {} : { 'content-type': mediaType }),
      ...(route.authorizer === undefined ? {} : { authorization: `Bearer ${user.token}` }),
    },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    claims: deployedClaims(route, user.token),
  }
}
