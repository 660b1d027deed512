import * as z from 'zod'
import type { Rows } from '../../../db/queries/rows.ts'
import { countedPageOf, pageQuery } from '../pagination.ts'
import { reply } from '../responses.ts'
import type { RouteDeclaration } from '../route.ts'
import { type Filter, flag } from './filters.ts'
import { fromQuery } from './start-of-list.ts'
import { deletes, inserts, updatesOf } from '../writes.ts'
import type { Resource } from './resource.ts'

/** The parts of a declaration that do not follow from its resource. */
type More = Partial<
  Pick<
    RouteDeclaration,
    'access' | 'summary' | 'description' | 'example' | 'ownersOnly' | 'refuses' | 'timeoutSeconds' | 'memoryMegabytes' | 'writes'
  >
>
type Shape = z.ZodRawShape
type Closed<Fields extends Shape> = z.ZodObject<Fields, z.core.$strict>
type Described<
  Parameter extends Shape,
  Within extends Shape,
  Path extends string,
  Answer extends z.ZodObject = z.ZodObject,
  Item extends z.ZodObject = z.ZodObject,
> = Pick<
  Resource<never, never, Answer, Item, Parameter, Within, unknown, Path>,
  'one' | 'many' | 'path' | 'parameter' | 'within' | 'answer' | 'item'
>
/** The path of a single resource: that of the list with its parameter, or the same where each caller has exactly one. */
type PathOfOne<Path extends string, Parameter extends Shape> = [keyof Parameter] extends [never]
  ? Path
  : `${Path}/{${keyof Parameter & string}}`
/** The table of a resource, as its changes need it. */
interface Stored {
  readonly rows: Pick<Rows<never, never>, 'table' | 'versionProperty'>
}
type Optional<Filters> = { readonly [Name in keyof Filters]: Filters[Name] extends Filter<infer Schema> ? z.ZodOptional<Schema> : never }

const database = ['database'] as const

const a = (noun: string) => `${/^[aeio]/.test(noun) ? 'an' : 'a'} ${noun}`

/** The path parameters of the list: those of the parent. */
const parentShape = ({ within }: Pick<Resource, 'within'>): Shape => ({ ...within?.parent.parameter })

const paramsOf = <Parameter extends Shape>(shape: Shape) =>
  (Object.keys(shape).length > 0 ? { params: z.strictObject(shape) } : {}) as { readonly params: Closed<Parameter> }

const operation = (operation: 'list' | 'get' | 'create' | 'change' | 'remove', { parameter }: Pick<Resource, 'parameter'>) => ({
  resource: { operation, parameter: parameter && Object.keys(parameter)[0] },
})

/** Path and parameters of a single resource. */
const one = <Parameter extends Shape, Within extends Shape, Path extends string>(resource: Described<Parameter, Within, Path>) => {
  const [name] = Object.keys(resource.parameter ?? {})
  return {
    path: (name === undefined ? resource.path : `${resource.path}/{${name}}`) as PathOfOne<Path, Parameter>,
    backends: database,
    ...paramsOf<Within & Parameter>({ ...parentShape(resource), ...resource.parameter }),
  }
}

const sortQuery = (sorts: readonly string[]) =>
  sorts.length === 0
    ? {}
    : {
        sort: z
          .enum(sorts.flatMap(name => [name, `-${name}`]))
          .optional()
          .meta({
            description: 'The field to sort by, descending with `-` in front. Rows without a value come last.',
            parameter: `SortBy${sorts.map(name => name[0]!.toUpperCase() + name.slice(1)).join('')}`,
          }),
        from: fromQuery,
      }

/** `planId` as words: plan id. */
const words = (name: string) => name.replaceAll(/[A-Z]/g, letter => ` ${letter.toLowerCase()}`)

const filterQuery = (name: string, { schema }: Filter) =>
  schema.optional().describe(schema.description ?? `Only items with this ${words(name)}.`)

/** `GET` of a page, with the resource's filters, its sorts, a value to begin with, and the total on request. */
export const lists = <
  Within extends Shape,
  Filters extends Readonly<Record<string, Filter>>,
  Path extends string,
  Item extends z.ZodObject,
>(
  resource: Described<Shape, Within, Path, z.ZodObject, Item> & { readonly filters: Filters; readonly sorts: readonly string[] },
  more: More = {},
) => {
  const filters = Object.fromEntries(Object.entries(resource.filters).map(([name, filter]) => [name, filterQuery(name, filter)]))
  const query = {
    ...pageQuery,
    ...sortQuery(resource.sorts),
    count: flag.optional().describe('`true` adds `total`, the number of items on all pages.'),
  }
  return {
    method: 'GET',
    path: resource.path,
    summary: `List ${resource.many}`,
    access: 'read',
    backends: database,
    ...paramsOf<Within>(parentShape(resource)),
    query: z.strictObject({ ...query, ...filters }) as unknown as Closed<
      typeof pageQuery & {
        readonly sort: z.ZodOptional<z.ZodString>
        readonly from: typeof fromQuery
        readonly count: z.ZodOptional<typeof flag>
      } & Optional<Filters>
    >,
    responses: { 200: reply('A page.', countedPageOf(resource.item)) },
    ...operation('list', resource),
    ...more,
  } as const
}

export const gets = <Parameter extends Shape, Within extends Shape, Path extends string, Answer extends z.ZodObject>(
  resource: Described<Parameter, Within, Path, Answer>,
  more: More = {},
) =>
  ({
    method: 'GET',
    ...one(resource),
    summary: `Get ${a(resource.one)}`,
    access: 'read',
    responses: { 200: reply(`The ${resource.one}.`, resource.answer) },
    ...operation('get', resource),
    ...more,
  }) as const

/**
 * `POST` with an optional Idempotency-Key. The tests create a resource from the example's body; each id in it is replaced by the id of one
 * of the caller's resources.
 */
export const creates = <Within extends Shape, Body extends z.ZodType, Path extends string, Answer extends z.ZodObject>(
  resource: Described<Shape, Within, Path, Answer> & Stored,
  { body, writes = [], ...more }: More & { readonly body: Body; readonly example: { readonly body: unknown } },
) =>
  ({
    method: 'POST',
    path: resource.path,
    summary: `Create ${a(resource.one)}`,
    access: 'write',
    backends: database,
    idempotency: 'key',
    ...paramsOf<Within>(parentShape(resource)),
    body,
    writes: [inserts(resource.rows.table), ...writes],
    responses: { 201: reply(`The ${resource.one}.`, resource.answer) },
    ...operation('create', resource),
    ...more,
  }) as const

/** `PATCH` of the version that the caller read. Its `writes` are the columns that the handler changes besides the fields of the body. */
export const changes = <
  Parameter extends Shape,
  Within extends Shape,
  Body extends z.ZodObject,
  Path extends string,
  Answer extends z.ZodObject,
>(
  resource: Described<Parameter, Within, Path, Answer> & Stored,
  { body, writes = [], ...more }: More & { readonly body: Body; readonly example: { readonly body: unknown } },
) =>
  ({
    method: 'PATCH',
    ...one(resource),
    summary: `Change ${a(resource.one)}`,
    access: 'write',
    ifMatch: 'required',
    body,
    writes: [updatesOf(resource.rows.table, body.shape, resource.rows.versionProperty), ...writes],
    responses: { 200: reply(`The ${resource.one} as it is now.`, resource.answer) },
    ...operation('change', resource),
    ...more,
  }) as const

/** `DELETE` of the version that the caller read. */
export const removes = <Parameter extends Shape, Within extends Shape, Path extends string>(
  resource: Described<Parameter, Within, Path> & Stored,
  { writes = [], ...more }: More = {},
) =>
  ({
    method: 'DELETE',
    ...one(resource),
    summary: `Remove ${a(resource.one)}`,
    access: 'write',
    ifMatch: 'required',
    writes: [deletes(resource.rows.table), ...writes],
    responses: { 204: reply('Removed.') },
    ...operation('remove', resource),
    ...more,
  }) as const
