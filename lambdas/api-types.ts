import type * as z from 'zod'
import type { identityRoutes } from './identity/routes.ts'
import type { marketRoutes } from './market/routes.ts'
import type { operationsRoutes } from './operations/routes.ts'
import type { planningRoutes } from './planning/routes.ts'
import type { wealthRoutes } from './wealth/routes.ts'

type RouteOf<Table> = Table[keyof Table]
type AnyRoute =
  | RouteOf<typeof identityRoutes>
  | RouteOf<typeof planningRoutes>
  | RouteOf<typeof wealthRoutes>
  | RouteOf<typeof marketRoutes>
  | RouteOf<typeof operationsRoutes>

/** Every route by its method and path, such as `GET /v1/planning/plans/{planId}`. Types only: a browser loads no code of the routes. */
export type Api = { readonly [Route in AnyRoute as `${Route['method']} ${Route['path']}`]: Route }
export type ApiRoute = keyof Api

type InputOf<Route, Part extends string> = Route extends { readonly [Name in Part]: infer Schema extends z.ZodType }
  ? z.input<Schema>
  : never

/** A value of a query: it is sent as text. */
type Sent<Query> = { readonly [Name in keyof Query]: Query[Name] | number | boolean }

// Without an index signature: an object that adds no field to an intersection.
// oxlint-disable-next-line typescript/no-generated-empty-object-type
type Nothing = Record<never, never>
type If<Test, Fields> = [Test] extends [never] ? Nothing : Fields
/** The path parameters of a route; never if it has none. */
type ParamsOf<Route> = string extends keyof InputOf<Route, 'params'> ? never : InputOf<Route, 'params'>
type QueryOf<Query> = Nothing extends Query ? { readonly query?: Sent<Query> } : { readonly query: Sent<Query> }

/** What a request to a route consists of. A part that the route does not take is refused by the compiler. */
export type ApiRequest<Key extends ApiRoute, Route = Api[Key]> = If<ParamsOf<Route>, { readonly params: ParamsOf<Route> }> &
  If<InputOf<Route, 'query'>, QueryOf<InputOf<Route, 'query'>>> &
  If<InputOf<Route, 'body'>, { readonly body: InputOf<Route, 'body'> }> &
  (Route extends { readonly bulkBody: unknown }
    ? { readonly text: string | Uint8Array<ArrayBuffer>; readonly mediaType: string }
    : Nothing) &
  (Route extends { readonly ifMatch: 'required' } ? { readonly ifMatch: number | string } : Nothing) &
  (Route extends { readonly idempotency: 'key' } ? { readonly idempotencyKey?: string } : Nothing) & { readonly signal?: AbortSignal }

type Success = 200 | 201 | 202
type BodyOf<Responses> = {
  [Status in keyof Responses & Success]: Responses[Status] extends { readonly body: infer Schema extends z.ZodType }
    ? z.output<Schema>
    : undefined
}[keyof Responses & Success]

/** The body of a successful answer; undefined if the route answers without one. */
export type ApiAnswer<Key extends ApiRoute> = BodyOf<Api[Key]['responses']>

/** An item of a list. */
export type ApiItem<Key extends ApiRoute> = ApiAnswer<Key> extends { readonly items: readonly (infer Item)[] } ? Item : never
