import type * as z from 'zod'
import type { Backend } from './backends.ts'
import { type Refusal, refusalsOf, type ResponseDeclaration } from './responses.ts'
import type { TableWrite } from './writes.ts'

export const domains = ['identity', 'planning', 'wealth', 'cashflow', 'market', 'trading', 'operations'] as const
export type Domain = (typeof domains)[number]

/** Who may call a route, and with which database role its function connects. */
export type Access = 'public' | 'read' | 'write' | 'admin'

export type Method = 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE'

/** For a route that computes for seconds: so many of them use all processors that an account has at first. */
export const heavyRequestsPerSecond = 20

/** A body that its handler reads itself: bulk input in one of several formats, whose rows have rules of their own. */
export interface BulkBodyDeclaration {
  readonly mediaTypes: readonly string[]
  /** The form of the body as JSON, for the OpenAPI document; left out where JSON is not among the media types. */
  readonly schema?: z.ZodType
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
  /** The changes that its handler makes in the database. Those of an Idempotency-Key are known to `serve`. */
  readonly writes?: readonly TableWrite[]
  readonly params?: z.ZodObject
  readonly query?: z.ZodObject
  readonly body?: z.ZodType
  /** Instead of `body`. */
  readonly bulkBody?: BulkBodyDeclaration
  /** The successful response. `defineRoutes` adds the problems that follow from the input of the route. */
  readonly responses: Readonly<Record<number, ResponseDeclaration>>
  /** Problems of its handler, in addition to those that follow from the input of the route. */
  readonly refuses?: readonly Refusal[]
  /** The request creates the resource that the path names when it is missing: there is no 404. */
  readonly upserts?: true
  /**
   * Only owners of the household that the path names may call it: other members get a 403, other users a 404. If the route has the
   * database, `serve` enforces it. A route of database functions enforces it in its function.
   */
  readonly ownersOnly?: true
  /** The operation of a route of a plain resource; see resource/declarations.ts. */
  readonly resource?: ResourceOperation
  /** `key`: the route accepts an Idempotency-Key header. Every POST that creates something does. */
  readonly idempotency?: 'key'
  /** The caller must send If-Match with the ETag it read, so that no update is lost. */
  readonly ifMatch?: 'required'
  readonly example?: { readonly body?: unknown; readonly response?: unknown }
  /**
   * How a route with the database reads and writes. Left out: in one transaction, each statement of which sees what was committed before it.
   * `snapshot`: in one transaction of which all statements see the same state, for a route that reads in several statements what belongs
   * together. `phases`: one snapshot to read, no transaction while the route computes, and a transaction to store; see phases.ts.
   */
  readonly transactions?: 'snapshot' | 'phases'
  readonly timeoutSeconds?: number
  readonly memoryMegabytes?: number
  /** Steady requests per second that API Gateway lets through, and twice as many in a burst. Left out: those of the environment. */
  readonly requestsPerSecond?: number
}

export interface ResourceOperation {
  readonly operation: 'list' | 'get' | 'create' | 'change' | 'remove'
  /** The path parameter that names the resource; undefined when each caller has exactly one. */
  readonly parameter: string | undefined
}

/** A declared route with its domain and its name. Its handler is `lambdas/<domain>/handlers/<name>.ts`. */
export type Route<Declaration extends RouteDeclaration = RouteDeclaration> = Declaration & {
  readonly domain: Domain
  readonly name: string
  /** `<domain>/<name>`, used in the operation id, the function's name and the logs. */
  readonly id: string
}

export type RouteTable<Table extends Record<string, RouteDeclaration> = Record<string, RouteDeclaration>> = {
  readonly [Name in keyof Table]: Route<Table[Name]>
}

/** The problems that follow from the input of a route: those that `serve`, the gateway or a constraint of the database can answer with. */
const refusedBy = ({ access, backends, body, bulkBody, idempotency, ifMatch, params, upserts }: RouteDeclaration): Refusal[] => {
  const takesBody = body !== undefined || bulkBody !== undefined
  return [
    // Each route refuses what it does not take, such as a body.
    400,
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
 * Declares a domain's routes. Keys are handler names (verb-noun): the handler of the key `create-plan` of `planning` is
 * `lambdas/planning/handlers/create-plan.ts`.
 */
export const defineRoutes = <const Table extends Record<string, RouteDeclaration>>(domain: Domain, table: Table): RouteTable<Table> =>
  Object.fromEntries(
    Object.entries(table).map(([name, declaration]) => {
      const responses = { ...declaration.responses, ...refusalsOf([...refusedBy(declaration), ...(declaration.refuses ?? [])]) }
      return [name, { ...declaration, responses, domain, name, id: `${domain}/${name}` }]
    }),
  ) as RouteTable<Table>
