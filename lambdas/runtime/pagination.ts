import * as z from 'zod'
import type { Place } from '../../db/queries/rows.ts'
import { fieldProblem } from './problem.ts'
import { wholeNumberText } from './schemas.ts'

/** Query of every list of a resource: at most `limit` items, continuing after `cursor`. */
export const pageQuery = {
  limit: wholeNumberText(z.int().min(1).max(1000))
    .default(50)
    .describe('Largest number of items, 1 to 1,000. A page of large items has fewer.'),
  // The length of the longest place: a text of 255 characters, escaped, with an id.
  cursor: z.string().max(2500).optional().describe('`nextCursor` of the previous page. The request needs the same `sort`.'),
}

const pageSchema = <Item extends z.ZodType>(item: Item) =>
  z.strictObject({ items: z.array(item), nextCursor: z.string().nullable().describe('Null on the last page.') })
const countedPageSchema = <Item extends z.ZodType>(item: Item) =>
  pageSchema(item).extend({ total: z.int().optional().describe('Number of items on all pages, if `count` asked for it.') })

/** One schema per item. The page of a named item has a name too: `PlanPage`. */
const oncePerItem = <Page extends z.ZodType>(make: (item: z.ZodType) => Page) => {
  const pages = new Map<z.ZodType, Page>()
  return (item: z.ZodType): Page => {
    const itemName = z.globalRegistry.get(item)?.id
    const page = pages.get(item) ?? (itemName === undefined ? make(item) : make(item).meta({ id: `${itemName}Page` }))
    pages.set(item, page)
    return page
  }
}

/** The page of a list. */
export const pageOf = oncePerItem(pageSchema) as typeof pageSchema
/** The page of a list that has the total on request. */
export const countedPageOf = oncePerItem(countedPageSchema) as typeof countedPageSchema

/** Opaque to callers, so that it may change. */
export const writeCursor = (sort: string, place: Place): string => Buffer.from(JSON.stringify([sort, ...place])).toString('base64url')

export const notACursor = () =>
  fieldProblem('invalid-request', [{ path: 'query.cursor', message: 'must be a cursor of this list and sort' }])

const parseCursor = (cursor: string): unknown => {
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'))
  } catch {
    return undefined
  }
}

/**
 * The place after which the page begins, or undefined for the first page. Throws a 400 that names `query.cursor` unless it is a cursor of
 * a list in this order. PostgreSQL checks whether the values fit the columns.
 */
export const readCursor = (cursor: string | undefined, sort: string): Place | undefined => {
  if (cursor === undefined) return undefined
  const parsed = z.tuple([z.literal(sort), z.string().nullable(), z.string()]).safeParse(parseCursor(cursor))
  if (!parsed.success) throw notACursor()
  return [parsed.data[1], parsed.data[2]]
}
