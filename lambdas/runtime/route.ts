import type * as z from 'zod'
import type { Backend } from './backends.ts'

export const domains = ['identity', 'planning', 'wealth', 'cashflow', 'market', 'trading', 'operations'] as const
export type Domain = (typeof domains)[number]

/** Who may call a route, and with which database role its function connects. */
export type Access = 'public' | 'read' | 'write' | 'admin'

export type Method = 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE'

export interface ResponseDeclaration {
  readonly description: string
  readonly body?: z.ZodType
  /** Media type; `application/json` unless told. */
  readonly contentType?: string
}

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
  readonly responses: Readonly<Record<number, ResponseDeclaration>>
  /** `key`: the route honours an Idempotency-Key header. Every POST that creates something does. */
  readonly idempotency?: 'key'
  /** The caller must send If-Match with the ETag it read: a lost update would hurt here. */
  readonly ifMatch?: 'required'
  readonly example?: { readonly body?: unknown; readonly response?: unknown }
  readonly timeoutSeconds?: number
  readonly memoryMegabytes?: number
}

/** A declared route with what follows from its place: its domain, and the handler file `lambdas/<domain>/<name>.ts`. */
export type Route<Declaration extends RouteDeclaration = RouteDeclaration> = Declaration & {
  readonly domain: Domain
  readonly name: string
  /** `<domain>/<name>`: the handler's path under `lambdas/`, the operation id, the function's name. */
  readonly id: string
}

export type RouteTable<Table extends Record<string, RouteDeclaration> = Record<string, RouteDeclaration>> = {
  readonly [Name in keyof Table]: Route<Table[Name]>
}

/**
 * Declares a domain's routes. Keys are handler names (verb-noun): the key `create-plan` of `planning` is served by
 * `lambdas/planning/create-plan.ts`.
 */
export const defineRoutes = <const Table extends Record<string, RouteDeclaration>>(domain: Domain, table: Table): RouteTable<Table> =>
  Object.fromEntries(
    Object.entries(table).map(([name, declaration]) => [name, { ...declaration, domain, name, id: `${domain}/${name}` }]),
  ) as RouteTable<Table>
