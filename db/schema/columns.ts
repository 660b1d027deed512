import { type SQL, sql } from 'drizzle-orm'
import { type AnyPgColumn, customType, uuid } from 'drizzle-orm/pg-core'

/** UUIDv7 primary key: time-ordered, so that keyset pagination by id is pagination by age. */
export const id = () => uuid('id').primaryKey().default(sql`operations.uuid_v7()`)

/** An instant as RFC 3339 text in UTC, with microseconds, which a JavaScript Date would lose. */
export const instant = customType<{ data: string; driverData: string }>({
  dataType: () => 'timestamp with time zone',
  fromDriver: text => text.replace(' ', 'T').replace(/\+00$/, 'Z'),
})

/**
 * A JSON document that is read through a parser of the domain, never cast.
 * @param read returns the value in its current form, or throws a DomainError that names the part it cannot read
 */
export const parsedJson = <Value>(name: string, read: (stored: unknown) => Value) =>
  customType<{ data: Value; driverData: unknown }>({ dataType: () => 'jsonb', fromDriver: read, toDriver: value => JSON.stringify(value) })(
    name,
  )

/** When and by whom a row was made and last changed. A trigger sets these columns and ignores values in the statement. */
export const stamps = () => ({
  createdAt: instant('created_at').notNull().default(sql`now()`),
  updatedAt: instant('updated_at').notNull().default(sql`now()`),
  createdBy: uuid('created_by'),
  updatedBy: uuid('updated_by'),
})

/** The text of a CHECK that a column holds one of the values. The same list gives its TypeScript type and its zod schema. */
export const oneOf = (column: AnyPgColumn, values: readonly string[]): SQL =>
  sql`${column} in (${sql.raw(values.map(value => `'${value}'`).join(', '))})`

/** The text of a CHECK that a column lies in a range that the domain defines, both ends included. */
export const between = (column: AnyPgColumn, { maximum, minimum }: { readonly minimum: number; readonly maximum: number }): SQL =>
  sql`${column} between ${sql.raw(String(minimum))} and ${sql.raw(String(maximum))}`
