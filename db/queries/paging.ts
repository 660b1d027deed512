import { and, desc, lt, type SQL } from 'drizzle-orm'
import type { PgColumn } from 'drizzle-orm/pg-core'

export interface PageRequest {
  readonly limit: number
  /** The id that the page before ended with. */
  readonly after: string | undefined
}

/**
 * Where, order and limit of one page, newest first. One row more than asked for is read, to tell whether more follow.
 * Keyset pagination: ids are time-ordered, so a page costs the same however deep it is, and new rows never shift it.
 */
export const pageClauses = (id: PgColumn, request: PageRequest, ...conditions: (SQL | undefined)[]) => ({
  where: and(...conditions, request.after === undefined ? undefined : lt(id, request.after)),
  orderBy: desc(id),
  limit: request.limit + 1,
})
