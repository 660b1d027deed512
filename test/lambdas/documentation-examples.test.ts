import { execFile, spawnSync } from 'node:child_process'
import { stripTypeScriptTypes } from 'node:module'
import { promisify } from 'node:util'
import { compileFunction } from 'node:vm'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { ApiDocument } from '../../lambdas/documentation/document.ts'
import { routesOf } from '../../lambdas/documentation/document.ts'
import { bodyOf, examplesOf } from '../../lambdas/documentation/examples.ts'
import { openApiDocument } from '../../lambdas/openapi.ts'
import { routes as declared } from '../../lambdas/routes.ts'
import { startTestPlatform, type TestPlatform, type TestUser } from '../support/platform.ts'

const document = openApiDocument() as unknown as ApiDocument
const { schemas } = document.components
const routes = routesOf(document)
const declarationOf = (operationId: string) => declared.find(({ id }) => id.replace('/', '-') === operationId)!
const example = (operationId: string) => examplesOf(routes.find(({ operation }) => operation.operationId === operationId)!, schemas)

let platform: TestPlatform
let user: TestUser
beforeAll(async () => {
  platform = await startTestPlatform()
  user = await platform.newUser()
})
afterAll(() => platform.close())

const execute = promisify(execFile)
/** What the shell prints, with the variables that the page names. The platform answers in this process, so this must not wait for the shell. */
const shell = async (script: string): Promise<unknown> => {
  const env = { ...process.env, API: platform.services.url, TOKEN: user.token }
  const { stdout } = await execute('bash', ['-c', script], { env, timeout: 20_000 })
  return JSON.parse(stdout)
}

describe('the examples of the documentation page', () => {
  test('exist for every route', () => {
    expect(routes).toHaveLength(declared.length)
    for (const route of routes) {
      const { curl, python, typescript } = examplesOf(route, schemas)
      for (const text of [curl, python, typescript]) expect(text).not.toMatch(/\{\w+Id\}|undefined/)
    }
  })

  test.each(routes.map(route => [route.operation.operationId, route] as const))(
    '%s has a body and parameters that it takes',
    (id, route) => {
      const { body, params, query } = declarationOf(id)
      if (body) expect(body.safeParse(bodyOf(route, schemas)).error?.issues).toBeUndefined()
      const address = new URL(/\$API(\S*)"/.exec(examplesOf(route, schemas).curl)![1]!, 'http://localhost')
      expect(query?.safeParse(Object.fromEntries(address.searchParams)).error?.issues).toBeUndefined()
      const places = [...route.path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name!)
      const pattern = new RegExp(`^${route.path.replaceAll('.', '\\.').replaceAll(/\{(\w+)\}/g, '(?<$1>[^/]+)')}$`)
      const values = pattern.exec(address.pathname)?.groups ?? {}
      expect(Object.keys(values)).toEqual(places)
      const decoded = Object.fromEntries(Object.entries(values).map(([name, text]) => [name, decodeURIComponent(text)]))
      expect(params?.safeParse(decoded).error?.issues).toBeUndefined()
    },
  )

  test('are TypeScript and Python that can be parsed', () => {
    for (const route of routes) {
      const { typescript } = examplesOf(route, schemas)
      expect(() => stripTypeScriptTypes(`const run = async (api: string, token: string) => {\n${typescript}\n}`)).not.toThrow()
    }
    const check = 'import ast, json, sys\nfor text in json.load(sys.stdin): ast.parse(text)'
    const input = JSON.stringify(routes.map(route => examplesOf(route, schemas).python))
    expect(spawnSync('python3', ['-c', check], { input, encoding: 'utf8' })).toMatchObject({ status: 0, stderr: '' })
  })
})

test('the curl of every list of a user answers with a page', async () => {
  const lists = routes.filter(({ operation, parameters, path }) => {
    const { access, resource } = declarationOf(operation.operationId)
    return access === 'read' && resource?.operation === 'list' && parameters.every(({ required }) => !required) && path.startsWith('/v1/')
  })
  expect(lists.length).toBeGreaterThan(5)
  for (const route of lists) expect(await shell(examplesOf(route, schemas).curl)).toHaveProperty('items')
})

test('curl and TypeScript create what the example has', async () => {
  const { curl, typescript } = example('identity-create-household')
  expect(await shell(curl)).toHaveProperty('id')
  const printed: unknown[] = []
  const run = compileFunction(`return (async () => {\n${typescript}\n})()`, ['api', 'token', 'console']) as (
    ...given: unknown[]
  ) => Promise<void>
  await run(platform.services.url, user.token, { log: (value: unknown) => printed.push(value) })
  expect(printed).toEqual([expect.objectContaining({ id: expect.any(String) })])
})
