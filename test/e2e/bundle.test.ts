import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readMigrations } from '../../db/migrate/index.ts'
import { operationsTasks } from '../../lambdas/operations/tasks.ts'
import { routes } from '../../lambdas/routes.ts'
import { bundle, projectFolders } from '../../lib/bundling.ts'
import { commandRequest, operatorEvent } from '../lambdas/operations/operator-event.ts'
import { type LambdaHost, startLambdaHost } from '../support/lambda-host/host.ts'
import { newPlan, startTestPlatform, type TestPlatform, type TestUser } from '../support/platform.ts'

let platform: TestPlatform
let user: TestUser
let buildFolder: string
const hosts: LambdaHost[] = []

beforeAll(async () => {
  platform = await startTestPlatform()
  user = await platform.newUser()
  buildFolder = mkdtempSync(join(tmpdir(), 'nestegg-bundle-'))
  await bundle({ ...projectFolders, buildFolder, handlers: [...routes, operationsTasks['run-command']] })
})
afterAll(async () => {
  for (const host of hosts) await host.close()
  await platform.close()
  rmSync(buildFolder, { recursive: true, force: true })
})

const start = async (id: string, variables: Record<string, string> = {}) => {
  const [domain, name] = id.split('/') as [string, string]
  const { authentication, database, host, port } = platform.database.location
  const started = await startLambdaHost({
    bundleDirectory: join(buildFolder, domain),
    handler: `${name}.handler`,
    timeoutSeconds: 29,
    memoryMegabytes: 512,
    environment: {
      TZ: 'UTC',
      NODE_OPTIONS: '--enable-source-maps',
      NESTEGG_ENVIRONMENT: 'dev',
      DATABASE_HOST: host,
      DATABASE_PORT: String(port),
      DATABASE_NAME: database,
      DATABASE_AUTHENTICATION: 'password-file',
      DATABASE_PASSWORD_FILE: authentication.kind === 'password-file' ? authentication.path : '',
      POWERTOOLS_TRACE_ENABLED: 'false',
      ...variables,
    },
  })
  hosts.push(started)
  return started
}

/** The event that an HTTP API sends after its authorizer has accepted the caller. */
const event = (id: string, pathParameters: Record<string, string>, body?: unknown) => {
  const route = routes.find(candidate => candidate.id === id)!
  const claims = JSON.parse(Buffer.from(user.token.split('.')[1]!, 'base64url').toString()) as Record<string, unknown>
  const routeKey = `${route.method} ${route.path}`
  return {
    version: '2.0',
    routeKey,
    rawPath: route.path,
    rawQueryString: '',
    headers: { 'content-type': 'application/json', host: 'api.example' },
    pathParameters,
    requestContext: {
      accountId: '123456789012',
      apiId: 'a1b2c3',
      authorizer: {
        jwt: { claims: Object.fromEntries(Object.entries(claims).map(([name, value]) => [name, String(value)])), scopes: null },
      },
      domainName: 'api.example',
      domainPrefix: 'api',
      http: { method: route.method, path: route.path, protocol: 'HTTP/1.1', sourceIp: '192.0.2.1', userAgent: 'test' },
      requestId: 'JKJaXmPLvHcESHA=',
      routeKey,
      stage: '$default',
      time: '01/Jan/2026:00:00:00 +0000',
      timeEpoch: 1_767_225_600_000,
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    isBase64Encoded: false,
  }
}

test.each([
  ['in its own thread', {}],
  ['on the threads of its bundle', { iterations: 20_000 }],
])('the bundled simulation %s gives the bits that the local platform gives, cold and warm', async (_, body) => {
  const { planId } = await newPlan(user)
  const local = await user.request('POST', `/v1/planning/plans/${planId}/runs`, { body })
  expect(local.status).toBe(201)
  const host = await start('planning/create-run')
  for (const invocation of ['cold', 'warm']) {
    const { error, payload } = await host.invoke(event('planning/create-run', { planId }, body))
    expect(error, invocation).toBeUndefined()
    const answer = payload as { statusCode: number; body: string }
    expect(answer.statusCode).toBe(201)
    expect(JSON.parse(answer.body).outputHash).toBe(local.body.outputHash)
  }
  expect((await user.request('GET', `/v1/planning/plans/${planId}/runs`)).body.items).toHaveLength(3)
})

test('a bundled GET reads as nestegg_read, logs in JSON, and answers 503 when its database cannot be reached', async () => {
  const host = await start('identity/get-me')
  const { logs, payload } = await host.invoke(event('identity/get-me', {}))
  expect(JSON.parse((payload as { body: string }).body)).toMatchObject({ email: user.email })
  const lines = logs.split('\n').filter(line => line.startsWith('{'))
  expect(lines.map(line => JSON.parse(line)).find(line => line.message === 'request')).toMatchObject({
    route: 'identity/get-me',
    status: 200,
  })

  const withoutDatabase = await start('identity/get-me', { DATABASE_PORT: '1' })
  const refused = (await withoutDatabase.invoke(event('identity/get-me', {}))).payload as {
    statusCode: number
    headers: Record<string, string>
  }
  expect(refused.statusCode).toBe(503)
  expect(refused.headers['content-type']).toBe('application/problem+json')
})

test('a bundled operator command finds the migrations beside it, and is recorded with the caller that IAM has verified', async () => {
  const host = await start('operations/run-command')
  const caller = 'arn:aws:sts::123456789012:assumed-role/nestegg-dev-operator/operator-1'
  const { logs, payload } = await host.invoke(operatorEvent(commandRequest('db status'), caller))
  const { body, statusCode } = payload as { statusCode: number; body: string }
  const output = readMigrations().map(({ tag }) => `applied  ${tag}\n`)
  expect({ statusCode, body: JSON.parse(body) }).toEqual({ statusCode: 200, body: { exitCode: 0, output: output.join('') } })
  const administrator = platform.database.connect('postgres')
  expect(await administrator`select caller, command, outcome from operations.operator_commands`).toEqual([
    { caller, command: 'db status', outcome: 'succeeded' },
  ])
  expect(logs).toContain('"caller":"arn:aws:sts::123456789012:assumed-role/nestegg-dev-operator/operator-1"')
  expect((await host.invoke(operatorEvent(commandRequest('db status'), null))).payload).toMatchObject({ statusCode: 403 })
})
