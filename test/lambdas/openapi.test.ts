import { createHash } from 'node:crypto'
import * as z from 'zod'
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest'
import type { ApiDocument } from '../../lambdas/documentation/document.ts'
import { documentationPage } from '../../lambdas/documentation/page.ts'
import { routes } from '../../lambdas/routes.ts'
import { startTestPlatform, type TestPlatform } from '../support/platform.ts'

// The part of the OpenAPI 3.1 specification, "4.8 Schema", that this document uses. Its objects are closed, so that a misspelt field is found.
const jsonSchema = z.record(z.string(), z.unknown())
const mediaTypes = z.record(
  z.string().regex(/^[a-z]+\/[\w.+-]+(; charset=utf-8)?$/),
  z.strictObject({ schema: jsonSchema, example: z.unknown().optional() }),
)
const parameter = z.strictObject({
  name: z.string().min(1),
  in: z.enum(['path', 'query', 'header']),
  required: z.boolean(),
  description: z.string().optional(),
  schema: jsonSchema,
})
const response = z.strictObject({ description: z.string().min(1), content: mediaTypes.optional() })
const referenceTo = (section: string) => z.strictObject({ $ref: z.string().startsWith(`#/components/${section}/`) })
const operation = z.strictObject({
  operationId: z.string().regex(/^[a-z][a-z0-9-]*$/),
  tags: z.array(z.string()).length(1),
  summary: z.string().min(1),
  description: z.string().min(1).optional(),
  parameters: z.array(z.union([parameter, referenceTo('parameters')])),
  requestBody: z.strictObject({ required: z.boolean(), content: mediaTypes }).optional(),
  responses: z.record(z.string().regex(/^[1-5]\d\d$/), z.union([response, referenceTo('responses')])),
  security: z.array(z.record(z.string(), z.array(z.string()))),
})
const openApi = z.strictObject({
  openapi: z.string().regex(/^3\.1\.\d+$/),
  info: z.strictObject({ title: z.string(), version: z.string(), description: z.string() }),
  servers: z.array(z.strictObject({ url: z.string() })).min(1),
  tags: z.array(z.strictObject({ name: z.string() })),
  paths: z.record(z.string().startsWith('/'), z.partialRecord(z.enum(['get', 'post', 'put', 'patch', 'delete']), operation)),
  components: z.strictObject({
    schemas: z.record(z.string(), jsonSchema),
    parameters: z.record(z.string(), parameter),
    responses: z.record(z.string(), response),
    securitySchemes: z.record(
      z.string(),
      z.strictObject({ type: z.literal('http'), scheme: z.literal('bearer'), bearerFormat: z.string(), description: z.string() }),
    ),
  }),
})
/** An operation in which parameters and responses replace the references to them. */
type Operation = Omit<z.infer<typeof operation>, 'parameters' | 'responses'> & {
  readonly parameters: readonly z.infer<typeof parameter>[]
  readonly responses: Readonly<Record<string, z.infer<typeof response>>>
}

const resolve = <Value extends object>(value: Value | { $ref: string }, components: Readonly<Record<string, Value>>): Value =>
  '$ref' in value ? components[value.$ref.split('/').at(-1)!]! : value

let platform: TestPlatform
let document: z.infer<typeof openApi>
let operations: readonly { readonly method: string; readonly path: string; readonly operation: Operation }[]
beforeAll(async () => {
  platform = await startTestPlatform()
  document = openApi.parse((await platform.request('GET', '/openapi.json')).body)
  operations = Object.entries(document.paths).flatMap(([path, item]) =>
    Object.entries(item).map(([method, { parameters, responses, ...operation }]) => ({
      method: method.toUpperCase(),
      path,
      operation: {
        ...operation,
        parameters: parameters.map(one => resolve(one, document.components.parameters)),
        responses: Object.fromEntries(
          Object.entries(responses).map(([status, one]) => [status, resolve(one, document.components.responses)]),
        ),
      },
    })),
  )
})
afterAll(() => platform.close())

/** Every JSON schema of the document, with its place. */
const schemas = (): (readonly [string, Record<string, unknown>])[] =>
  operations.flatMap(({ method, operation, path }) => [
    ...operation.parameters.map(({ name, schema }) => [`${method} ${path} ${name}`, schema] as const),
    ...Object.values(operation.requestBody?.content ?? {}).map(({ schema }) => [`${method} ${path} body`, schema] as const),
    ...Object.entries(operation.responses).flatMap(([status, { content }]) =>
      Object.values(content ?? {}).map(({ schema }) => [`${method} ${path} ${status}`, schema] as const),
    ),
  ])

/** The components that a schema refers to, by itself or by another. */
const needed = (schema: unknown, found: Record<string, unknown> = {}): Record<string, unknown> => {
  for (const [, name = ''] of JSON.stringify(schema).matchAll(/"#\/components\/schemas\/(\w+)"/g)) {
    if (name in found) continue
    found[name] = document.components.schemas[name]
    needed(found[name], found)
  }
  return found
}

/** A schema of the document together with the components that it refers to, in the form that a validator of JSON schemas needs. */
const compile = (schema: Record<string, unknown>) => {
  const whole = JSON.stringify({ ...schema, $defs: needed(schema) })
  return z.fromJSONSchema(JSON.parse(whole.replaceAll('"#/components/schemas/', '"#/$defs/')))
}

describe('/openapi.json', () => {
  it('is JSON, which needs no token', async () => {
    const answer = await platform.request('GET', '/openapi.json')
    expect(answer.status).toBe(200)
    expect(answer.headers.get('content-type')).toBe('application/json')
  })

  it('covers exactly the route table', () => {
    const declared = routes.map(route => `${route.method} ${route.path} ${route.id.replace('/', '-')}`)
    expect(operations.map(({ method, operation, path }) => `${method} ${path} ${operation.operationId}`).toSorted()).toEqual(
      declared.toSorted(),
    )
    expect(new Set(operations.map(({ operation }) => operation.operationId)).size).toBe(routes.length)
  })

  it('tags operations with the domains that it lists', () => {
    const used = new Set(operations.flatMap(({ operation }) => operation.tags))
    expect([...used].toSorted()).toEqual(document.tags.map(({ name }) => name).toSorted())
  })

  it('declares each parameter once, and the path’s own as required', () => {
    for (const { operation, path } of operations) {
      const keys = operation.parameters.map(({ in: where, name }) => `${where} ${name.toLowerCase()}`)
      expect(new Set(keys).size).toBe(keys.length)
      const inPath = operation.parameters.filter(({ in: where }) => where === 'path')
      expect(inPath.map(({ name }) => `{${name}}`)).toEqual(path.match(/\{\w+\}/g) ?? [])
      expect(inPath.every(({ required }) => required)).toBe(true)
    }
  })

  it('requires a token exactly where the route does, with a scheme that it defines', () => {
    for (const { method, operation, path } of operations) {
      const route = routes.find(candidate => candidate.method === method && candidate.path === path)
      expect(operation.security).toEqual(route?.access === 'public' ? [] : [{ accessToken: [] }])
    }
    expect(Object.keys(document.components.securitySchemes)).toEqual(['accessToken'])
  })

  it('has every response of its route, refusals as problem documents', () => {
    for (const { method, operation, path } of operations) {
      const route = routes.find(candidate => candidate.method === method && candidate.path === path)
      expect(Object.keys(operation.responses)).toEqual(Object.keys(route!.responses))
      const refusals = Object.entries(operation.responses).filter(([status]) => Number(status) >= 400)
      for (const [, refusal] of refusals) expect(Object.keys(refusal.content ?? {})).toEqual(['application/problem+json'])
    }
  })

  it('holds JSON schemas that compile', () => {
    expect(schemas().length).toBeGreaterThan(routes.length)
    for (const [where, schema] of [...schemas(), ...Object.entries(document.components.schemas)])
      expect(() => compile(schema), where).not.toThrow()
  })

  it('holds examples that its own schemas accept', () => {
    const examples = operations
      .flatMap(({ operation }) => Object.values(operation.requestBody?.content ?? {}))
      .filter(({ example }) => example)
    expect(examples.length).toBeGreaterThan(3)
    for (const { example, schema } of examples) expect(compile(schema).safeParse(example).error).toBeUndefined()
  })
})

describe('/docs', () => {
  let page: string
  beforeAll(async () => {
    page = (await platform.request('GET', '/docs')).body
  })

  it('is HTML, which needs no token', async () => {
    const answer = await platform.request('GET', '/docs')
    expect(answer.status).toBe(200)
    expect(answer.headers.get('content-type')).toBe('text/html; charset=utf-8')
  })

  it('names every route, each at an anchor that the contents lead to', () => {
    for (const route of routes) {
      const anchor = route.id.replace('/', '-')
      expect(page).toContain(`<section id="${anchor}">`)
      expect(page).toContain(`href="#${anchor}"`)
      expect(page).toContain(`<b class="${route.method.toLowerCase()}">${route.method}</b> <code>${route.path}</code>`)
    }
  })

  it('has a chapter for every schema of several fields, and links to it', () => {
    expect(page).toContain('<section id="schema-Plan">')
    expect(page).toContain('<a href="#schema-Plan">Plan</a>')
    expect(page).not.toContain('$ref')
  })

  it('describes a parameter that is a component', () => {
    expect(page).toContain(
      '<code>cursor</code> <small>query, optional</small> `nextCursor` of the previous page. The request needs the same `sort`.',
    )
    expect(page).toContain('<code>integer <small>(1 to 1000; default 50)</small></code>')
  })

  it('links only to itself and to the document', () => {
    const ids = new Set([...page.matchAll(/ id="([^"]+)"/g)].map(match => match[1]))
    const links = [...page.matchAll(/ (?:href|src)="([^"]+)"/g)].map(match => match[1]!)
    expect(links.filter(link => !['/openapi.json', '/problems'].includes(link) && !ids.has(link.slice(1)))).toEqual([])
  })

  it('has one script, which its policy names, and nothing from another host', async () => {
    const scripts = [...page.matchAll(/<script>([^<]*)<\/script>/g)].map(([, text]) => text!)
    expect(scripts).toHaveLength(1)
    const hash = createHash('sha256').update(scripts[0]!).digest('base64')
    const policy = (await platform.request('GET', '/docs')).headers.get('content-security-policy')
    expect(policy).toContain(`script-src 'sha256-${hash}'`)
    expect(policy).toContain("default-src 'none'")
    expect(page.replace(`<script>${scripts[0]}`, '')).not.toMatch(/<(script|iframe|object|embed|link|img|base|form)\b/i)
    expect(page).not.toMatch(/<[^>]*\s(on\w+\s*=|src=)|javascript:|@import|url\(/i)
  })

  it('closes every element that it opens', () => {
    const open: string[] = []
    const misplaced: string[] = []
    for (const [tag, slash, name] of page.matchAll(/<(\/?)([a-z][a-z0-9]*)\b[^>]*>/g)) {
      if (!slash && name !== 'meta' && name !== 'input') open.push(name!)
      if (slash && open.pop() !== name) misplaced.push(tag)
    }
    expect([...open, ...misplaced]).toEqual([])
  })
})

test('the page escapes every text of a document', () => {
  const hostile = '<script>alert("1")</script>&amp;'
  const body = {
    schema: { type: 'object', properties: { [hostile]: { type: 'string', description: hostile } } },
    example: { text: hostile },
  }
  const page = documentationPage({
    info: { title: hostile, description: hostile },
    tags: [{ name: 'planning' }],
    paths: {
      [`/${hostile}`]: {
        get: {
          operationId: 'planning-test',
          tags: ['planning'],
          summary: hostile,
          description: hostile,
          parameters: [{ name: hostile, in: 'query', required: false, description: hostile, schema: { type: hostile } }],
          requestBody: { content: { 'application/json': body } },
          responses: { 200: { description: hostile, content: { 'application/json': { schema: { const: hostile } } } } },
          security: [],
        },
      },
    },
    components: { schemas: { [hostile]: { type: 'object', description: hostile } }, parameters: {}, responses: {} },
  } satisfies ApiDocument).replace(/<script>const input.*<\/script>/s, '')
  expect(page).not.toContain('<script')
  expect(page).not.toMatch(/&amp;(?!(lt;|amp;amp;|amp;))/)
  expect(page.split('&lt;script&gt;').length).toBeGreaterThan(10)
})
