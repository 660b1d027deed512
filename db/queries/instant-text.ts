import { type SQL, sql } from 'drizzle-orm'

/** An instant as text in RFC 3339, in UTC: the form in which columns are read, for instants in JSON and in statements of our own. */
export const instantText = (instant: SQL): SQL => sql`((to_jsonb(${instant} at time zone 'UTC') #>> '{}') || 'Z')`
