import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import * as z from 'zod'
import { describe, expect, it, test } from 'vitest'
import { jobs } from '../../lambdas/jobs.ts'
import { routes } from '../../lambdas/routes.ts'
import { tasks } from '../../lambdas/tasks.ts'
import { backends } from '../../lambdas/runtime/backends.ts'
import { handlerPath } from '../../lambdas/runtime/handler-path.ts'
import { parsePart } from '../../lambdas/runtime/errors.ts'
import { defineRoutes, type Route } from '../../lambdas/runtime/route.ts'

const lambdas = join(import.meta.dirname, '../../lambdas')

/** Served at the root, where tools and people expect them. */
const publicPages = new Set(['/health', '/ready', '/openapi.json', '/docs', '/problems', '/problems/{code}'])
/** At the root too, for whoever operates the platform. */
const operatorPages = new Set(['/db-status', '/db-test'])
/** Resources of which a caller has exactly one, and the name of Plaid. */
const singletons = new Set([
  'estate',
  'lot-choice',
  'wash-sale-watch',
  'data-health',
  'people',
  'me',
  'today',
  'attention',
  'audit',
  'verification',
  'export',
  'balance',
  'plaid',
  'income',
  'retirement',
  'form-8949',
  'performance',
  'derivation',
  'net-worth',
])
/** Segments that name an action on one resource. */
const actions = new Set(['verify', 'acknowledge', 'resolve', 'release', 'preview', 'commit', 'undo'])
/** Segments that give one resource in another form. */
const forms = /^[a-z]+\.(csv|svg)$/
/** Called by CloudFormation and by one another, neither over HTTP nor on a schedule. */
const deploymentHandlers = ['operations/migrate-database', 'operations/apply-migrations', 'operations/publish-web']

const bodiless = new Set(['GET', 'DELETE'])

/** The verbs that summaries begin with: one verb per action. */
const verbs =
  'Accept Acknowledge Analyse Answer Cancel Change Close Commit Compare Compute Confirm Count Create Delete Explain Export Get Hand List Move Place Preview Queue Refresh Release Remove Reopen Replace Report Request Resolve Restore ' +
  'Revoke Roll Run Send Sign Simulate Solve Store Stress Undo Verify'

const parameterNames = (path: string) => [...path.matchAll(/\{(\w+)\}/g)].map(match => match[1]!)
const statuses = (route: Route) => Object.keys(route.responses).map(Number)
const success = (route: Route) => statuses(route).filter(status => status < 300)

describe('the route table and the handlers', () => {
  // `serve` and the functions of the database look up the role in that household.
  test.each(routes.filter(route => route.ownersOnly).map(route => [route.id, route] as const))(
    '%s is for the owners of the household in its path',
    (_, { access, backends, path }) => {
      expect(parameterNames(path)).toContain('householdId')
      expect(['read', 'write']).toContain(access)
      expect(backends.some(backend => backend === 'database' || backend === 'invitation-functions')).toBe(true)
    },
  )

  test.each(routes.map(route => [route.id, route] as const))('%s has a handler', async (_, unit) => {
    const module = (await import(join(lambdas, `${handlerPath(unit)}.ts`))) as Record<string, unknown>
    expect(module['handler']).toBeTypeOf('function')
  })

  test.each(jobs.map(job => [job.id, job] as const))('the job %s has a handler', async (_, unit) => {
    const module = (await import(join(lambdas, `${handlerPath(unit)}.ts`))) as Record<string, unknown>
    expect(module['handler']).toBeTypeOf('function')
  })

  test.each(tasks.map(task => [task.id, task] as const))('the task %s has a handler', async (_, unit) => {
    const module = (await import(join(lambdas, `${handlerPath(unit)}.ts`))) as Record<string, unknown>
    expect(module['handler']).toBeTypeOf('function')
  })

  it('knows every handler file', () => {
    const declared = new Set([
      ...routes.map(route => route.id),
      ...jobs.map(job => job.id),
      ...tasks.map(task => task.id),
      ...deploymentHandlers,
      // CloudWatch Synthetics calls it.
      'operations/canary.ts',
    ])
    const files = globSync('**/*.ts', { cwd: lambdas }).filter(file =>
      /^export (const|async function|function) handler\b/m.test(readFileSync(join(lambdas, file), 'utf8')),
    )
    const ids = files.map(file => file.replaceAll('\\', '/').replace(/\/handlers\/(.*)\.ts$/, '/$1'))
    expect(ids.length).toBeGreaterThan(routes.length)
    expect(ids.filter(id => !declared.has(id))).toEqual([])
  })
})

describe('the route table as a whole', () => {
  it('has each method and path once, and each name once', () => {
    // Two paths that differ only in a parameter's name are the same.
    const keys = routes.map(route => `${route.method} ${route.path.replaceAll(/\{\w+\}/g, '{}')}`)
    expect(new Set(keys).size).toBe(keys.length)
    expect(new Set(routes.map(route => route.id)).size).toBe(routes.length)
  })

  it.each(routes.map(route => [route.id, route.summary] as const))(
    '%s has a summary that says in a few words what it does',
    (_, summary) => {
      expect(verbs.split(' ')).toContain(summary.split(' ')[0])
      expect(summary.length).toBeLessThanOrEqual(80)
      expect(summary).not.toMatch(/[.:;,]|\bcaller\b/)
    },
  )

  it('has one name for each path parameter', () => {
    const namesByPrefix = new Map<string, Set<string>>()
    for (const { path } of routes) {
      for (const match of path.matchAll(/\{(\w+)\}/g)) {
        const prefix = path.slice(0, match.index)
        namesByPrefix.set(prefix, (namesByPrefix.get(prefix) ?? new Set()).add(match[1]!))
      }
    }
    expect([...namesByPrefix].filter(([, names]) => names.size > 1)).toEqual([])
  })
})

const pages = routes.filter(({ path }) => publicPages.has(path))
const resources = routes.filter(({ path }) => !publicPages.has(path) && !operatorPages.has(path))

test.each(routes.filter(({ path }) => operatorPages.has(path)).map(route => [route.path, route] as const))(
  '%s is for administrators',
  (_, route) => {
    expect(route).toMatchObject({ domain: 'operations', access: 'admin' })
  },
)

test.each(pages.map(route => [route.path, route] as const))('%s is for everyone to read', (_, route) => {
  expect(route).toMatchObject({ domain: 'operations', access: 'public', method: 'GET' })
})

test.each(resources.map(route => [route.path, route] as const))('%s lies in its domain and is made of plural nouns', (path, route) => {
  const [root, version, domain, ...rest] = path.split('/')
  expect([root, version, domain]).toEqual(['', 'v1', route.domain])
  const nouns = rest.filter(segment => !/^\{\w+\}$/.test(segment))
  expect(nouns.length).toBeGreaterThan(0)
  for (const noun of nouns.filter(noun => !singletons.has(noun) && !actions.has(noun) && !forms.test(noun)))
    expect(noun).toMatch(/^([a-z]+(-[a-z]+)*s|[a-z]+\.(svg|csv))$/)
})

describe.each(routes.map(route => [route.id, route] as const))('%s', (_, route) => {
  it('has an access that fits its method', () => {
    // A POST that only computes has read access.
    const computes = route.method === 'POST' && success(route)[0] === 200
    const accesses = ['public', 'admin', ...(route.method === 'GET' ? ['read'] : computes ? ['read', 'write'] : ['write'])]
    expect(accesses).toContain(route.access)
    expect(bodiless.has(route.method) && route.body !== undefined).toBe(false)
  })

  it('reaches either the database or services outside the VPC', () => {
    const places = new Set(route.backends.map(backend => backends[backend].vpc))
    expect(places.has('required') && places.has('impossible')).toBe(false)
    expect(new Set(route.backends).size).toBe(route.backends.length)
  })

  it('honours idempotency keys where it creates something in the database or queues it, and nowhere else', () => {
    const creates =
      (success(route).includes(201) && route.backends.some(backend => backend === 'database' || backend === 'invitation-functions')) ||
      route.backends.includes('simulation-fan-out')
    expect(route.idempotency).toBe(creates ? 'key' : undefined)
    expect(creates ? route.method : 'POST').toBe('POST')
    expect(['write', 'admin']).toContain(creates ? route.access : 'write')
  })

  it('has exactly the path parameters of its schema, each required', () => {
    const names = parameterNames(route.path)
    expect(Object.keys(route.params?.shape ?? {}).toSorted()).toEqual(names.toSorted())
    for (const name of names) {
      const parsed = route.params!.safeParse({})
      expect(parsed.error?.issues.map(issue => issue.path.join('.'))).toContain(name)
    }
  })

  it('answers one success, and problem documents', () => {
    // A commit that is too long for its request goes on after a 202, and its body is of the same kind.
    expect(success(route).filter(status => status !== 202 || success(route)[0] === 202)).toHaveLength(1)
    expect(new Set(success(route).map(status => route.responses[status]!.body)).size).toBe(1)
    for (const status of statuses(route).filter(status => status >= 400))
      expect(route.responses[status]).toMatchObject({ contentType: 'application/problem+json', body: expect.anything() })
  })

  it('does not repeat in `refuses` a problem that follows from its input', () => {
    const { refuses = [], ...declaration } = route
    const derived = defineRoutes(route.domain, { derived: { ...declaration, responses: {} } }).derived.responses
    expect(refuses.filter(status => status in derived)).toEqual([])
  })

  it('creates the resource of its path only by PUT', () => {
    expect(route.upserts === true && route.method !== 'PUT').toBe(false)
  })

  it('has a summary, and a description of each response', () => {
    expect(route.summary.length).toBeGreaterThan(2)
    for (const response of Object.values(route.responses)) expect(response.description).not.toBe('')
  })
})

test.each(routes.flatMap(route => (route.query ? [[route.id, route.query] as const] : [])))(
  '%s refuses a query parameter that it does not have',
  (_, query) => {
    expect(query.safeParse({ unheardOf: '1' }).error?.issues).toContainEqual(
      expect.objectContaining({ code: 'unrecognized_keys', keys: ['unheardOf'] }),
    )
  },
)

test.each(routes.flatMap(route => (route.example ? [[route.id, route] as const] : [])))(
  '%s has an example that its own schema takes',
  (_, route) => {
    expect(route.body!.safeParse(route.example?.body).error).toBeUndefined()
  },
)

describe.each(routes.flatMap(route => (route.body ? [[route.id, route.body] as const] : [])))('the body of %s', (_, body) => {
  // Without the names of schemas, so that every part is in the place where it is used.
  const schema = z.toJSONSchema(body, { io: 'input', unrepresentable: 'any', metadata: z.registry<object>() }) as JsonSchema

  it('has only closed objects', () => {
    expect(openObjects(schema)).toEqual([])
  })

  it('names a field that does not exist', () => {
    const variants = schema.anyOf ?? schema.oneOf ?? [schema]
    for (const variant of variants) {
      const kind = Object.entries(variant.properties ?? {}).flatMap(([name, field]) =>
        field.const === undefined ? [] : [[name, field.const]],
      )
      const sent = { ...Object.fromEntries(kind), unheardOf: 1 }
      expect(() => parsePart(body, sent, 'body')).toThrow(
        expect.objectContaining({ status: 400, errors: expect.arrayContaining([expect.objectContaining({ path: 'body.unheardOf' })]) }),
      )
    }
  })
})

interface JsonSchema {
  readonly type?: string
  readonly const?: unknown
  readonly properties?: Readonly<Record<string, JsonSchema>>
  readonly anyOf?: readonly JsonSchema[]
  readonly oneOf?: readonly JsonSchema[]
}

/**
 * Dictionaries, with names that are data: a caller's settings, weights by asset key, and facts of an instrument. Browsers make credentials, and
 * newer ones add fields.
 */
const dictionaries = new Set([
  'notifications',
  'trading',
  'dashboardLayout',
  'assetAllocation',
  'credential',
  'allocation',
  'weights',
  'series',
  'fundamentals',
])

/** The places in a JSON schema where objects accept undeclared members. */
const openObjects = (schema: unknown, path: readonly string[] = []): string[] => {
  if (typeof schema !== 'object' || schema === null) return []
  if (Array.isArray(schema)) return schema.flatMap((item, index) => openObjects(item, [...path, String(index)]))
  const node = schema as Record<string, unknown>
  if (dictionaries.has(path.at(-1) ?? '') && path.at(-2) === 'properties') return []
  // Any JSON, which only the settings of the dictionaries allow.
  if (path.at(-1) === '$defs') return []
  const open = node['type'] === 'object' && node['additionalProperties'] !== false ? [path.join('.')] : []
  return [...open, ...Object.entries(node).flatMap(([name, value]) => openObjects(value, [...path, name]))]
}
