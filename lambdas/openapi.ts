import { STATUS_CODES } from 'node:http'
import type * as z from 'zod'
import { type ConvertedSchemas, convertSchemas, type Json } from './openapi-schemas.ts'
import { routes } from './routes.ts'
import type { ResponseDeclaration } from './runtime/responses.ts'
import type { Route } from './runtime/route.ts'

const fieldsOf = (schema: z.ZodObject | undefined) => Object.entries<z.ZodType>(schema?.shape ?? {})
const jsonBodyOf = ({ body, bulkBody }: Route): z.ZodType | undefined => body ?? bulkBody?.schema

const inputsOf = (route: Route): z.ZodType[] =>
  [...fieldsOf(route.params), ...fieldsOf(route.query)].map(([, field]) => field).concat(jsonBodyOf(route) ?? [])
const outputsOf = (route: Route): z.ZodType[] => Object.values(route.responses).flatMap(({ body }) => body ?? [])

/** `Idempotency-Key` and `planId` as names of components. */
const pascalCase = (name: string) => name.replaceAll(/(?:^|[^A-Za-z]+)([A-Za-z])/g, (_, letter: string) => letter.toUpperCase())

interface Part {
  /** Its name, if it becomes a component. */
  readonly name: string
  readonly value: Json
}

/**
 * Makes components of the parts that occur more than once. Of several parts with one name, the most frequent one becomes the component.
 * @returns the components, and a function that gives the form of a part in an operation: a reference, or the part itself.
 */
const liftRepeated = (section: 'parameters' | 'responses', parts: readonly Part[]) => {
  const uses = new Map<string, { readonly part: Part; count: number }>()
  for (const part of parts) {
    const use = uses.get(JSON.stringify(part.value))
    if (use) use.count += 1
    else uses.set(JSON.stringify(part.value), { part, count: 1 })
  }
  const components: Record<string, Json> = {}
  const references = new Map<string, Json>()
  for (const [text, { count, part }] of [...uses].toSorted(([, a], [, b]) => b.count - a.count)) {
    if (count === 1 || part.name in components) continue
    components[part.name] = part.value
    references.set(text, { $ref: `#/components/${section}/${part.name}` })
  }
  return { components, place: ({ value }: Part): Json => references.get(JSON.stringify(value)) ?? value }
}

const parametersOf = (fields: z.ZodObject | undefined, where: 'path' | 'query', { input }: ConvertedSchemas): Part[] =>
  fieldsOf(fields).map(([name, field]) => {
    const { description, parameter = pascalCase(name), ...schema } = input(field)
    const absent = field.safeParse(undefined)
    const required = where === 'path' || !absent.success
    // zod leaves out the default of a schema that transforms its input.
    const stated = required || absent.data === undefined ? schema : { ...schema, default: absent.data }
    return { name: parameter as string, value: { name, in: where, required, ...(description ? { description } : {}), schema: stated } }
  })

const headerParameter = (name: string, required: boolean, description: string): Part => ({
  name: pascalCase(name),
  value: { name, in: 'header', required, description, schema: { type: 'string' } },
})

const allParametersOf = (route: Route, schemas: ConvertedSchemas): Part[] => [
  ...parametersOf(route.params, 'path', schemas),
  ...parametersOf(route.query, 'query', schemas),
  ...(route.idempotency
    ? [
        headerParameter(
          'Idempotency-Key',
          false,
          'The same key with the same body gives the first answer again; with another body it is a 409.',
        ),
      ]
    : []),
  ...(route.ifMatch ? [headerParameter('If-Match', true, 'The ETag that you read.')] : []),
]

const responseOf = (status: string, { body, contentType, description }: ResponseDeclaration, { output }: ConvertedSchemas): Part => ({
  name: pascalCase(STATUS_CODES[status] ?? `Status${status}`),
  value: { description, ...(body ? { content: { [contentType ?? 'application/json']: { schema: output(body) } } } : {}) },
})

const requestBodyOf = (route: Route, { input }: ConvertedSchemas): Json => {
  const body = jsonBodyOf(route)
  if (!body && !route.bulkBody) return {}
  const texts = (route.bulkBody?.mediaTypes ?? []).filter(mediaType => mediaType !== 'application/json')
  return {
    requestBody: {
      required: !body?.safeParse(undefined).success,
      content: {
        ...(body ? { 'application/json': { schema: input(body), ...(route.example?.body ? { example: route.example.body } : {}) } } : {}),
        ...Object.fromEntries(texts.map(mediaType => [mediaType, { schema: mediaType.startsWith('text/') ? { type: 'string' } : {} }])),
      },
    },
  }
}

const makeDocument = (): Json => {
  const schemas = convertSchemas(routes.flatMap(inputsOf), routes.flatMap(outputsOf))
  const parametersByRoute = new Map(routes.map(route => [route, allParametersOf(route, schemas)]))
  const parameters = liftRepeated('parameters', [...parametersByRoute.values()].flat())
  const problemsOf = (route: Route) => Object.entries(route.responses).filter(([status]) => Number(status) >= 400)
  const responses = liftRepeated(
    'responses',
    routes.flatMap(route => problemsOf(route).map(([status, response]) => responseOf(status, response, schemas))),
  )
  const operationOf = (route: Route): Json => ({
    operationId: route.id.replace('/', '-'),
    tags: [route.domain],
    summary: route.summary,
    ...(route.description ? { description: route.description } : {}),
    parameters: parametersByRoute.get(route)!.map(parameters.place),
    ...requestBodyOf(route, schemas),
    responses: Object.fromEntries(
      Object.entries(route.responses).map(([status, response]) => [status, responses.place(responseOf(status, response, schemas))]),
    ),
    security: route.access === 'public' ? [] : [{ accessToken: [] }],
  })
  const paths: Record<string, Json> = {}
  for (const route of routes) (paths[route.path] ??= {})[route.method.toLowerCase()] = operationOf(route)
  return {
    openapi: '3.1.0',
    info: {
      title: 'Nestegg',
      version: '1',
      description:
        'Household wealth: plans simulated reproducibly, accounts, lots, budgets, backtests. Money is a decimal string; rates are fractions; ' +
        'lists answer `{ items, nextCursor }`; errors are RFC 9457 problem documents.',
    },
    servers: [{ url: '/' }],
    tags: [...new Set(routes.map(route => route.domain))].map(name => ({ name })),
    paths,
    components: {
      schemas: schemas.components,
      parameters: parameters.components,
      responses: responses.components,
      securitySchemes: {
        accessToken: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT', description: 'An access token of the user pool.' },
      },
    },
  }
}

let made: Json | undefined

/**
 * The whole API as an OpenAPI 3.1 document, made from the route table. Parts that occur more than once are components. The name of a schema
 * is its `.meta({ id })`, that of a parameter is its own name or its `.meta({ parameter })`, that of a problem is the phrase of its status.
 */
export const openApiDocument = (): Json => (made ??= makeDocument())
