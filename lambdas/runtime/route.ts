import type * as z from 'zod'
import type { Backend } from './backends.ts'
import { type Refusal, refusalsOf, type ResponseDeclaration } from './responses.ts'

export const domains = ['identity', 'planning', 'wealth', 'cashflow', 'market', 'trading', 'operations'] as const
export type Domain = (typeof domains)[number]

/** Who may call a route, and with which database role its function connects. */
export type Access = 'public' | 'read' | 'write' | 'admin'

export type Method = 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE'

/** A body that its handler reads itself: bulk input in one of several formats, whose rows have rules of their own. */
export interface BulkBodyDeclaration {
  readonly mediaTypes: readonly string[]
  /** Tells callers what the body is as JSON. */
  readonly schema: z.ZodType
  readonly limitBytes: number
}

export interface RouteDeclaration {
  readonly method: Method
  /** API Gateway form: `/v1/planning/plans/{planId}`. */
  readonly path: string
  readonly summary: string
  readonly description?: string
  readonly access: Access
  readonly backends: readonly Backend[]
  readonly params?: z.ZodObject
  readonly query?: z.ZodObject
  readonly body?: z.ZodType
  /** Instead of `body`. */
  readonly bulkBody?: BulkBodyDeclaration
  /** The success. The problems that follow from what the route takes are added by `defineRoutes`. */
  readonly responses: Readonly<Record<number, ResponseDeclaration>>
  /** Problems that its handler adds by itself to those that follow from what the route takes. */
  readonly refuses?: readonly Refusal[]
  /** The path names what the request makes where it is missing: there is no 404. */
  readonly upserts?: true
  /** Of the members of the household, only owners may. What others of them get is 403. */
  readonly ownersOnly?: true
  /** What a route of a plain resource does to which; see resource/declarations.ts. */
  readonly resource?: ResourceOperation
  /** `key`: the route honours an Idempotency-Key header. Every POST that creates something does. */
  readonly idempotency?: 'key'
  /** The caller must send If-Match with the ETag it read: a lost update would hurt here. */
  readonly ifMatch?: 'required'
  readonly example?: { readonly body?: unknown; readonly response?: unknown }
  readonly timeoutSeconds?: number
  readonly memoryMegabytes?: number
}

export interface ResourceOperation {
  readonly operation: 'list' | 'get' | 'create' | 'change' | 'remove'
  /** The resource, by the path parameter that names one; undefined for one of which each caller has exactly one. */
  readonly parameter: string | undefined
}

/** A declared route with what follows from its place: its domain, and the handler file `lambdas/<domain>/handlers/<name>.ts`. */
export type Route<Declaration extends RouteDeclaration = RouteDeclaration> = Declaration & {
  readonly domain: Domain
  readonly name: string
  /** `<domain>/<name>`: names the route in the operation id, the function's name and the logs. */
  readonly id: string
}

export type RouteTable<Table extends Record<string, RouteDeclaration> = Record<string, RouteDeclaration>> = {
  readonly [Name in keyof Table]: Route<Table[Name]>
}

/** The problems that follow from what a route takes, each where `serve`, the gateway or a constraint of the database can answer with it. */
const refusedBy = ({ access, backends, body, bulkBody, idempotency, ifMatch, params, query, upserts }: RouteDeclaration): Refusal[] => {
  const takesBody = body !== undefined || bulkBody !== undefined
  const takesInput = takesBody || params || query || ifMatch || idempotency
  return [
    ...(takesInput ? ([400] as const) : []),
    ...(access === 'public' ? [] : ([401, 403] as const)),
    ...(params && !upserts ? ([404] as const) : []),
    ...(idempotency ? ([409] as const) : []),
    ...(ifMatch ? ([412, 428] as const) : []),
    ...(takesBody ? ([413, 415, 422] as const) : []),
    ...(backends.includes('user-pool') ? ([429] as const) : []),
    503,
  ]
}

/**
 * Declares a domain's routes. Keys are handler names (verb-noun): the key `create-plan` of `planning` is served by
 * `lambdas/planning/handlers/create-plan.ts`.
 */
export const defineRoutes = <const Table extends Record<string, RouteDeclaration>>(domain: Domain, table: Table): RouteTable<Table> =>
  Object.fromEntries(
    Object.entries(table).map(([name, declaration]) => {
      const responses = { ...declaration.responses, ...refusalsOf([...refusedBy(declaration), ...(declaration.refuses ?? [])]) }
      return [name, { ...declaration, responses, domain, name, id: `${domain}/${name}` }]
    }),
  ) as RouteTable<Table>
