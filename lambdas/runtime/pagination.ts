import * as z from 'zod'
import { fieldProblem } from './problem.ts'

/** Query of every list: at most `limit` items, continuing after `cursor`. */
export const pageQuery = {
  limit: z.coerce.number().int().min(1).max(200).default(50).describe('Items at most, 1 to 200.'),
  cursor: z.string().max(200).optional().describe('`nextCursor` of the page before.'),
}

const pageSchema = <Item extends z.ZodType>(item: Item) =>
  z.strictObject({ items: z.array(item), nextCursor: z.string().nullable().describe('Null on the last page.') })

const pages = new Map<z.ZodType, z.ZodType>()

/** The page of a list, one schema per item. The page of a named item has a name too: `PlanPage`. */
export const pageOf = <Item extends z.ZodType>(item: Item): ReturnType<typeof pageSchema<Item>> => {
  const itemName = z.globalRegistry.get(item)?.id
  const page = pages.get(item) ?? (itemName === undefined ? pageSchema(item) : pageSchema(item).meta({ id: `${itemName}Page` }))
  pages.set(item, page)
  return page as ReturnType<typeof pageSchema<Item>>
}

const uuid = z.uuid()

/** The id after which the page begins, or undefined for the first page. Opaque to callers, so that it may change. */
export const readCursor = (cursor: string | undefined): string | undefined => {
  if (cursor === undefined) return undefined
  const id = Buffer.from(cursor, 'base64url').toString('utf8')
  if (!uuid.safeParse(id).success)
    throw fieldProblem('invalid-request', [{ path: 'query.cursor', message: 'must be a cursor of this API' }])
  return id
}

/**
 * A page from `limit + 1` rows in id order: the extra row, when there, only tells that more follow.
 */
export const page = <Row extends { readonly id: string }, Item>(rows: readonly Row[], limit: number, present: (row: Row) => Item) => {
  const shown = rows.slice(0, limit)
  const last = shown.at(-1)
  return { items: shown.map(present), nextCursor: rows.length > limit && last ? Buffer.from(last.id).toString('base64url') : null }
}
