import { and, eq, type SQL } from 'drizzle-orm'
import type { Transaction } from '../../../db/database.ts'
import { recordPrivilegedRead } from '../../../db/queries/operations/index.ts'
import type { ListRequest, Outcome, Place } from '../../../db/queries/rows.ts'
import { answerLimitBytes, bytesInAnswer } from '../answer-size.ts'
import type { SignedInUser } from '../database.ts'
import { isDataException } from '../errors.ts'
import { notACursor, readCursor, writeCursor } from '../pagination.ts'
import { notFound, Problem } from '../problem.ts'
import { created, noContent, ok, type Reply } from '../serve.ts'
import type { Filter } from './filters.ts'
import type { Resource } from './resource.ts'
import { notAStart, readStart } from './start-of-list.ts'

interface Context {
  readonly params: object | undefined
  readonly transaction: Transaction
  readonly user: SignedInUser
}
interface VersionedContext extends Context {
  readonly expectedVersion: number | undefined
}
interface ListContext extends Context {
  readonly query: {
    readonly limit: number
    readonly cursor?: string | undefined
    readonly sort?: string | undefined
    readonly from?: string | undefined
    readonly count?: boolean | undefined
  }
}

type Kept<Row, Insert = never> = Pick<Resource<Row, Insert>, 'one' | 'path' | 'parameter' | 'within' | 'rows' | 'present' | 'readOnly'>

const parameterOf = ({ params }: Context, shape: object | undefined): string | undefined => {
  const [name] = Object.keys(shape ?? {})
  return name === undefined ? undefined : String(Reflect.get(params ?? {}, name))
}

/** Restricts to the rows of the parent that the path names. Throws 404 when there is no such parent. */
const scopeOf = async (resource: Pick<Resource, 'within'>, context: Context): Promise<SQL | undefined> => {
  if (!resource.within) return undefined
  const { column, parent } = resource.within
  const key = parameterOf(context, parent.parameter) ?? context.user.id
  if (!(await parent.rows.find(context.transaction, key))) throw notFound(parent.one)
  return eq(column, key)
}

/** The key of the row that the path names, or the caller's id where each caller has one row. */
const keyOf = (resource: Pick<Resource, 'parameter'>, context: Context): string =>
  parameterOf(context, resource.parameter) ?? context.user.id

/** The row of an outcome. Throws 404 when there is none, 412 when its version is another one, 403 when the caller may only read it. */
export const requireRow = <Row>(outcome: Outcome<Row>, { one, readOnly }: Pick<Resource<Row, never>, 'one' | 'readOnly'>): Row => {
  if (!('refused' in outcome)) return outcome.row
  if (outcome.refused === 'read-only') throw readOnly(outcome.row)
  if (outcome.refused === 'missing') throw notFound(one)
  const { expected, version } = outcome
  throw new Problem('version-conflict', `The version is ${version} now; you read ${expected}. Read it again, then repeat your change.`)
}

/** Most rows that are read at once, so that a page of large rows fits in the memory of a function. */
const rowsAtOnce = 200

/** The items of a page: as many as the limit, or fewer when the answer would become too large, but one at least. */
const readPage = async <Row>(
  { presentItem, rows }: Pick<Resource<Row, never>, 'rows'> & ListedAs<Row>,
  transaction: Transaction,
  { count, limit, ...request }: ListRequest,
) => {
  const items: unknown[] = []
  let bytes = 0
  let total: number | undefined
  let last: Place | null | undefined = request.after
  do {
    const first = items.length === 0
    const listed = await rows.list(transaction, {
      ...request,
      after: last,
      limit: Math.min(limit - items.length, rowsAtOnce),
      count: count && first,
    })
    total ??= listed.total
    for (const row of listed.rows) {
      const item = presentItem(row)
      bytes += bytesInAnswer(item)
      if (bytes > answerLimitBytes && items.length > 0) return { items, next: last!, total }
      items.push(item)
      last = listed.placeOf(row)
    }
    if (!listed.next) return { items, next: null, total }
  } while (items.length < limit)
  return { items, next: last!, total }
}

/** Answers with a page of the resource. It has fewer items than the limit when they are large. */
export const listing =
  <Row>(resource: Pick<Resource<Row, never>, 'within' | 'rows' | 'order'> & ListedAs<Row>) =>
  async (context: ListContext): Promise<Reply> => {
    const { count, cursor, from, limit, sort = resource.order, ...values } = context.query
    const conditions = Object.entries(values).map(([name, value]) =>
      value === undefined ? undefined : (resource.filters[name] as Filter).where(value),
    )
    const start = readStart(from, sort, resource.rows.table)
    const after = readCursor(cursor, sort)
    const where = and(await scopeOf(resource, context), ...conditions)
    const request = { limit, sort, where, after, from: start, count }
    const { items, next, total } = await readPage(resource, context.transaction, request).catch((error: unknown) => {
      if (!isDataException(error)) throw error
      if (after) throw notACursor()
      throw start === undefined ? error : notAStart('must fit the sorted field')
    })
    return ok({ items, nextCursor: next && writeCursor(sort, next), ...(total === undefined ? {} : { total }) })
  }

/**
 * Answers as `listing` does, with rows of all users, and records the read in the same transaction. For the routes of administrators.
 * @param resourceType the table, as in the audit trail
 */
export const listingOfAll =
  <Row>(resource: Pick<Resource<Row, never>, 'within' | 'rows' | 'order'> & ListedAs<Row>, resourceType: string) =>
  async (context: ListContext): Promise<Reply> => {
    const page = await listing(resource)(context)
    // A cursor can hold a value of a row.
    const { cursor: _, ...query } = context.query
    const { items } = page.body as { readonly items: readonly { readonly id?: string }[] }
    await recordPrivilegedRead(context.transaction, { resourceType, metadata: { query, ids: items.map(({ id }) => id) } })
    return page
  }

interface ListedAs<Row> {
  readonly filters: Readonly<Record<string, unknown>>
  readonly presentItem: (row: Row) => unknown
}

/** Answers with the resource that the path names, and its version as ETag. */
export const getting =
  <Row>(resource: Kept<Row>) =>
  async (context: Context): Promise<Reply> => {
    const row = await resource.rows.find(context.transaction, keyOf(resource, context), await scopeOf(resource, context))
    if (!row) throw notFound(resource.one)
    return ok(resource.present(row), resource.rows.versionOf(row))
  }

/** Inserts the row that `values` makes from the request. */
export const creating =
  <Row, Insert, Asked extends Context>(resource: Kept<Row, Insert>, values: (context: Asked) => Insert | Promise<Insert>) =>
  async (context: Asked): Promise<Reply> => {
    await scopeOf(resource, context)
    const row = await resource.rows.insert(context.transaction, await values(context))
    const path = resource.path.replaceAll(/\{(\w+)\}/g, (_, name: string) => String(Reflect.get(context.params ?? {}, name)))
    return created(resource.present(row), `${path}/${resource.rows.keyOf(row)}`, resource.rows.versionOf(row))
  }

/**
 * Changes the resource that the path names, if it still has the version that the caller read. `change` makes the new values from the
 * request.
 */
export const changing =
  <Row, Insert, Asked extends VersionedContext>(resource: Kept<Row, Insert>, change: (context: Asked) => Partial<Insert>) =>
  async (context: Asked): Promise<Reply> => {
    const { expectedVersion, transaction } = context
    const within = await scopeOf(resource, context)
    const outcome = await resource.rows.update(transaction, keyOf(resource, context), change(context), expectedVersion, within)
    const row = requireRow(outcome, resource)
    return ok(resource.present(row), resource.rows.versionOf(row))
  }

/** Removes the resource that the path names, if it still has the version that the caller read. */
export const removing =
  <Row>(resource: Kept<Row>) =>
  async (context: VersionedContext): Promise<Reply> => {
    const { expectedVersion, transaction } = context
    const outcome = await resource.rows.remove(transaction, keyOf(resource, context), expectedVersion, await scopeOf(resource, context))
    requireRow(outcome, resource)
    return noContent()
  }
