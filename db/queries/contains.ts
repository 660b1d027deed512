import { ilike, or, type SQL, sql } from 'drizzle-orm'
import type { PgColumn } from 'drizzle-orm/pg-core'

/**
 * Rows with this text in one of the columns, in any case. The collation knows the case of all letters; that of a database may know only A to Z.
 * It is a scan of the rows that the other conditions leave: 0.15 s for 100,000 rows of which none matches.
 */
export const contains = (columns: readonly PgColumn[], text: string): SQL | undefined => {
  const pattern = `%${text.replaceAll(/[\\%_]/g, '\\$&')}%`
  return or(...columns.map(column => ilike(sql`${column} collate "und-x-icu"`, pattern)))
}
