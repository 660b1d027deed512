import { type SQL, sql } from 'drizzle-orm'

/** The name of a relation as SQL writes it, with its schema. */
export const relationName = (relation: string): SQL =>
  sql.raw(
    `(select format('%I.%I', nspname, relname) from pg_class c join pg_namespace n on n.oid = c.relnamespace where c.oid = ${relation})`,
  )

/** The schemas of the platform: all but those of PostgreSQL and of extensions. */
export const ownSchema = (namespace: string): SQL =>
  sql.raw(`${namespace} !~ '^pg_' and ${namespace} not in ('information_schema', 'extensions', 'rdsadmin')`)

/** An instant as RFC 3339 in UTC. */
export const instant = (expression: string): SQL => sql.raw(`to_char((${expression}) at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')`)

/** A statement on one line, shortened. */
export const shortened = (expression: string): SQL => sql.raw(`left(regexp_replace(${expression}, '\\s+', ' ', 'g'), 500)`)
