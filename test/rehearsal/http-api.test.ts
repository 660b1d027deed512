import { pathToFileURL } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import * as z from 'zod'
import { routes } from '../../lambdas/routes.ts'
import { makeInstruments, startMarketPlatform } from '../lambdas/market/market-platform.ts'
import { assumptions, makeEverything } from '../support/everything.ts'
import type { TestPlatform, TestUser } from '../support/platform.ts'
import { insertReview } from '../support/review.ts'
import type { Shared } from '../support/route-cases.ts'
import { invite, join } from '../support/shared-household.ts'
import { startDeployedDataApi } from './data-api.ts'
import { deployed } from './deployed.ts'
import { type Functions, startFunctions } from './functions.ts'
import { apiEvent, type Claims, type DeployedRoute, deployedRoutes, refusalOf, viewerAddress } from './http-api.ts'
import { declarationOf, makeOperations, placeOf, requestFor, usesUpCaller } from './route-requests.ts'
import { serveStandIn, startObjectStore, startStateMachines } from './stand-ins.ts'

const prod = await deployed('prod')
const declared = new Map(routes.map(route => [`${route.method} ${route.path}`, route]))
const deployedList = deployedRoutes(prod)

let platform: TestPlatform
let admin: TestUser
let shared: Shared
let functions: Functions
const open: { close(): Promise<void> }[] = []
const opened = <Opened extends { close(): Promise<void> }>(one: Opened): Opened => {
  open.unshift(one)
  return one
}

/** A household with everything that paths name. The administrator is its owner. */
const makeShared = async (): Promise<Shared> => {
  const everything = await makeEverything(admin)
  const { householdId, planId } = everything
  const [editor, guest] = [await platform.newUser(), await platform.newUser()]
  const make = async (path: string, body: unknown) => ({ owner: (await admin.request('POST', path, { body })).body.id as string })
  const set = { householdId, name: 'Draft', version: 'of the owner', effectiveDate: '2026-01-01', assumptions }
  const input = (inputName: string) => ({ inputType: 'account', inputName, inputValue: { balance: '1.00' } })
  return {
    ...everything,
    accountIds: Object.fromEntries(
      (
        await platform.database.connect('postgres')<
          { id: string }[]
        >`select id from wealth.accounts where household_id = ${householdId} order by id limit 1`
      ).map(({ id }) => ['owner', id]),
    ),
    review: await insertReview(platform, admin, householdId),
    forEditor: everything.inHousehold,
    editorId: await join(platform, admin, householdId, editor, 'editor'),
    guestId: await join(platform, admin, householdId, guest, 'viewer'),
    invitationId: (await invite(admin, householdId, 'invited@nestegg.example', 'viewer')).body.id,
    drafts: await make('/v1/planning/assumption-sets', set),
    replacedInputs: await make(`/v1/planning/plans/${planId}/inputs`, input('Replaced')),
    removedInputs: await make(`/v1/planning/plans/${planId}/inputs`, input('Removed')),
  }
}

beforeAll(async () => {
  ;({ admin, platform } = await startMarketPlatform())
  opened(platform)
  await makeInstruments(admin, 'ONE', 'VTI', 'BND')
  shared = await makeShared()
  await makeOperations(platform.database.connect('postgres'))
  const { userPool } = platform.services
  const store = opened(await startObjectStore())
  const dataApi = opened(await startDeployedDataApi(prod, platform.database.location))
  const stateMachines = opened(await startStateMachines(() => undefined))
  const mail = opened(await serveStandIn(() => ({ body: JSON.stringify({ MessageId: 'one' }) })))
  functions = opened(
    startFunctions({
      deployed: { ...prod, functions: () => dispatchers },
      database: platform.database,
      endpoints: {
        COGNITO_IDENTITY_PROVIDER: userPool.endpoint,
        RDS_DATA: dataApi.endpoint,
        S3: store.url,
        SESV2: mail.url,
        SFN: stateMachines.url,
      },
      // The local user pool has ids of its own.
      replaced: { USER_POOL_ID: userPool.poolId, USER_POOL_CLIENT_ID: userPool.clientId },
      added: () => ({ RESPONSE_VALIDATION: 'on' }),
    }),
  )
})
afterAll(async () => {
  for (const one of open) await one.close()
})

/** The token claims of a user of the template's own pool. */
const tokenClaims: Claims = {
  sub: '11111111-2222-3333-4444-555555555555',
  iss: 'https://cognito-idp.us-east-2.amazonaws.com/us-east-2_xizzn5pgn',
  client_id: 'client',
  token_use: 'access',
  scope: 'aws.cognito.signin.user.admin',
  exp: Date.now() / 1000 + 900,
}

describe('the routes of the HTTP API', () => {
  it('are those of the table, each with the function of its handler', () => {
    expect(deployedList.map(({ routeKey }) => routeKey).toSorted()).toEqual([...declared.keys()].toSorted())
    const handlers = deployedList.map(({ function: { domain, handler }, routeKey }) => [routeKey, `${domain}/${handler}`])
    expect(handlers).toEqual(handlers.map(([routeKey]) => [routeKey, `${declared.get(routeKey!)!.id}.handler`]))
    expect(new Set(deployedList.map(({ function: { arn } }) => arn)).size).toBe(deployedList.length)
  })

  it('let everybody in only where the table says so', () => {
    const isOpen = deployedList.filter(({ authorizer }) => authorizer === undefined).map(({ routeKey }) => routeKey)
    expect(isOpen.toSorted()).toEqual(
      routes.flatMap(({ access, method, path }) => (access === 'public' ? [`${method} ${path}`] : [])).toSorted(),
    )
  })

  it('are answered by a function within the time that API Gateway waits', () => {
    expect(deployedList.filter(({ function: { timeoutSeconds } }) => timeoutSeconds >= 30)).toEqual([])
  })

  it('refuse every token but an access token of the own client', () => {
    const pool = prod.resources('AWS::Cognito::UserPool')[0]!
    const client = prod.resources('AWS::Cognito::UserPoolClient')[0]!
    const own: Claims = {
      ...tokenClaims,
      iss: `https://cognito-idp.${prod.region}.amazonaws.com/${pool.name}`,
      client_id: client.name,
    }
    const now = Number(own['exp']) - 1
    const tokens: readonly (readonly [string, Claims | undefined, number | undefined])[] = [
      ['an access token', own, undefined],
      ['no token', undefined, 401],
      ['another pool', { ...own, iss: `${String(own['iss'])}x` }, 401],
      ['another client', { ...own, client_id: 'other' }, 401],
      ['an audience that is another client', { ...own, aud: 'other' }, 401],
      ['an ID token', { ...own, client_id: undefined, aud: client.name, scope: undefined, token_use: 'id' }, 403],
      ['another scope', { ...own, scope: 'openid profile' }, 403],
      ['an expired token', { ...own, exp: now - 1 }, 401],
      ['a token for later', { ...own, nbf: now + 60 }, 401],
    ]
    const closed = deployedList.filter(({ authorizer }) => authorizer !== undefined)
    expect(closed.length).toBeGreaterThan(80)
    for (const route of closed) {
      for (const [name, claims, refusal] of tokens) expect(refusalOf(route, claims, now), `${route.routeKey}, ${name}`).toBe(refusal)
    }
  })
})

const settingsOf = ({ function: { environment, folder, insideVpc, memoryMegabytes, timeoutSeconds } }: DeployedRoute): string =>
  JSON.stringify([
    folder,
    memoryMegabytes,
    timeoutSeconds,
    insideVpc,
    Object.entries(environment)
      .map(pair => pair.join('='))
      .toSorted(),
  ])
const lastPlace = (group: readonly DeployedRoute[]): number => Math.max(...group.map(placeOf))

/** The functions that have the same settings are served by one process, under the ARN of the first of them. */
const groups = [...Map.groupBy(deployedList, settingsOf).values()]
  .map(group => group.toSorted((one, other) => placeOf(one) - placeOf(other)))
  .toSorted((one, other) => lastPlace(one) - lastPlace(other))
const dispatchers = groups.map(([first]) => ({ ...first!.function, folder: import.meta.dirname, handler: 'dispatcher.handler' }))

/** The answers to users who did not do before what these routes need, or have no code from a mail. */
const refusals: Readonly<Record<string, number>> = {
  'identity/confirm-sign-up': 422,
  'identity/answer-challenge': 401,
  'identity/verify-totp-device': 422,
  'identity/verify-passkey': 422,
  'identity/remove-passkey': 422,
  'identity/confirm-password-reset': 422,
  'identity/accept-invitation': 422,
  // Plaid, Secrets Manager and KMS are not in the rehearsal.
  'wealth/create-plaid-link-token': 503,
  'wealth/create-plaid-connection': 503,
  'wealth/create-plaid-relink-token': 503,
  'wealth/create-plaid-sync': 503,
  'wealth/delete-plaid-connection': 503,
  'wealth/receive-plaid-webhook': 503,
  'wealth/put-account-credential': 503,
  'wealth/delete-account-credential': 404,
  // Their examples name transactions and rules that nobody has.
  'wealth/restore-labels': 400,
  'wealth/reorder-rules': 422,
  'wealth/create-transfer': 422,
  'market/get-benchmark': 404,
  'market/get-return-dataset': 404,
  'market/get-price-file': 404,
  // An earlier group of functions has removed them.
  'wealth/get-lot-election': 404,
  'wealth/get-identical-securities': 404,
  'wealth/update-identical-securities': 404,
  // The account of the example is not that of the user.
  'wealth/create-lot-preview': 422,
  'market/undo-price-file': 404,
  'market/get-price-profile': 404,
  'market/delete-price-profile': 404,
}

const answerSchema = z.looseObject({ statusCode: z.number(), body: z.string().default('') })

describe.each(groups.map((group, index) => ({ group, arn: dispatchers[index]!.arn, name: group[0]!.function.unit })))(
  'the functions with the settings of $name',
  ({ arn, group }) => {
    afterAll(() => functions.stop(arn))

    it.each(group)('$routeKey is answered', async route => {
      const user = usesUpCaller(route) ? await platform.newUser() : admin
      const { folder, handler } = route.function
      const [unit, name] = handler.split('.')
      const event = apiEvent(prod, route, requestFor(route, user, shared))
      const { error, logs, payload } = await functions.invoke(arn, { event, file: pathToFileURL(`${folder}/${unit}.mjs`).href, name })
      expect(error, logs).toBeUndefined()
      const { body, statusCode } = answerSchema.parse(payload)
      const expected = refusals[declarationOf(route).id]
      if (expected === undefined) expect(statusCode, `${body}\n${logs}`).toBeLessThan(400)
      else expect(statusCode, body).toBe(expected)
    })
  },
)

// After the requests of all groups.
it('the audit trail has the address of the viewer, not that of CloudFront', async () => {
  // Not the rows that the test has made itself.
  const rows = await platform.database.connect('postgres')`
    select distinct ip_address as address from operations.audit_logs where route is distinct from 'GET /v1/trial'`
  const addresses = rows.map(({ address }) => address as string | null)
  expect(addresses).toContain(viewerAddress)
  expect(addresses).not.toContain('192.0.2.1')
})
