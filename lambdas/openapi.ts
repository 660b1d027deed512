import * as z from 'zod'
import { routes } from './routes.ts'
import type { ResponseDeclaration } from './runtime/responses.ts'
import type { Route } from './runtime/route.ts'

type Json = Record<string, unknown>

/** Schemas that refer to themselves, by name. `#/` means the whole document here, so what zod puts beside a schema moves to the components. */
const recursive: Record<string, Json> = {}

const schemaOf = (schema: z.ZodType, io: 'input' | 'output'): Json => {
  const text = JSON.stringify(z.toJSONSchema(schema, { io, unrepresentable: 'any' }))
  const { $schema: _dialect, $defs = {}, ...rest } = JSON.parse(text.replaceAll('"#/$defs/', '"#/components/schemas/')) as Json
  for (const [name, definition] of Object.entries($defs as Record<string, Json>)) {
    if (JSON.stringify(recursive[name] ?? definition) !== JSON.stringify(definition)) throw new Error(`Two schemas are called ${name}.`)
    recursive[name] = definition
  }
  return rest
}

const parametersOf = (schema: z.ZodObject | undefined, where: 'path' | 'query') =>
  Object.entries(schema?.shape ?? {}).map(([name, field]) => {
    const { description, ...rest } = schemaOf(field as z.ZodType, 'input')
    const required = where === 'path' || !(field as z.ZodType).safeParse(undefined).success
    return { name, in: where, required, schema: rest, ...(description ? { description } : {}) }
  })

const headerParameter = (name: string, required: boolean, description: string) => ({
  name,
  in: 'header',
  required,
  description,
  schema: { type: 'string' },
})

const responseOf = ({ body, contentType, description }: ResponseDeclaration) => ({
  description,
  ...(body ? { content: { [contentType ?? 'application/json']: { schema: schemaOf(body, 'output') } } } : {}),
})

const requestBodyOf = ({ body, bulkBody, example }: Route): Json => {
  const json = body ?? bulkBody?.schema
  if (!json) return {}
  const texts = (bulkBody?.mediaTypes ?? []).filter(mediaType => mediaType !== 'application/json')
  return {
    requestBody: {
      required: true,
      content: {
        'application/json': { schema: schemaOf(json, 'input'), ...(example?.body ? { example: example.body } : {}) },
        ...Object.fromEntries(texts.map(mediaType => [mediaType, { schema: { type: 'string' } }])),
      },
    },
  }
}

const operationOf = (route: Route): Json => ({
  operationId: route.id.replace('/', '-'),
  tags: [route.domain],
  summary: route.summary,
  ...(route.description ? { description: route.description } : {}),
  parameters: [
    ...parametersOf(route.params, 'path'),
    ...parametersOf(route.query, 'query'),
    ...(route.idempotency
      ? [
          headerParameter(
            'Idempotency-Key',
            false,
            'The same key and body answer with the first result; the same key with another body is 409.',
          ),
        ]
      : []),
    ...(route.ifMatch ? [headerParameter('If-Match', true, 'The ETag you read.')] : []),
  ],
  ...requestBodyOf(route),
  responses: Object.fromEntries(Object.entries(route.responses).map(([status, response]) => [status, responseOf(response)])),
  security: route.access === 'public' ? [] : [{ accessToken: [] }],
})

let made: Json | undefined

/** The whole API as an OpenAPI 3.1 document, made from the route table. */
export const openApiDocument = (): Json => {
  if (made) return made
  const paths: Record<string, Json> = {}
  for (const route of routes) (paths[route.path] ??= {})[route.method.toLowerCase()] = operationOf(route)
  made = {
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
      schemas: recursive,
      securitySchemes: {
        accessToken: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT', description: 'An access token of the user pool.' },
      },
    },
  }
  return made
}
