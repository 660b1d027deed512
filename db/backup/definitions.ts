import type { Sql } from '../connections.ts'
import { domainSchemas } from './inventory.ts'

/** What a load does without until its rows are there: the statement that makes it again. */
export interface Definition {
  readonly table: string
  readonly statement: string
}

export interface ForeignKey extends Definition {
  /** The statement that checks all rows, unless adding the key checks them. */
  readonly check: string | undefined
}

/** The indexes and constraints of a database that was emptied of them, each in the order in which it can be made again. */
export interface Definitions {
  readonly keys: readonly Definition[]
  readonly indexes: readonly Definition[]
  readonly foreignKeys: readonly ForeignKey[]
}

const inDomains = `join pg_class c on c.oid = %s join pg_namespace n on n.oid = c.relnamespace and n.nspname in ${domainSchemas}`
const of = (column: string): string => inDomains.replace('%s', column)

/** Runs statements one after another, sent at once. */
export const runTogether = async (sql: Sql, statements: readonly string[]): Promise<void> => {
  if (statements.length > 0) await sql.unsafe(statements.join(';\n'))
}

/**
 * Drops the foreign keys, keys and indexes of all tables, and returns how to make them again: rows are loaded, and indexes built over them,
 * several times as fast as rows are added to indexes. What a partition has of its table goes and comes with the table's.
 */
export const dropDefinitions = async (sql: Sql): Promise<Definitions> => {
  const constraints = await sql.unsafe<{ table: string; name: string; kind: string; definition: string; checked_later: boolean }[]>(`
    select conrelid::regclass::text as table, quote_ident(conname) as name, contype as kind, pg_get_constraintdef(o.oid) as definition,
      contype = 'f' and convalidated and c.relkind = 'r' as checked_later
    from pg_constraint o ${of('o.conrelid')} where contype in ('p', 'u', 'x', 'f') and conparentid = 0 and not c.relispartition
    order by case contype when 'f' then 0 else 1 end, o.oid`)
  await runTogether(
    sql,
    constraints.map(({ name, table }) => `alter table ${table} drop constraint ${name}`),
  )
  const indexes = await sql.unsafe<{ table: string; name: string; definition: string }[]>(`
    select indrelid::regclass::text as table, indexrelid::regclass::text as name, pg_get_indexdef(indexrelid) as definition
    from pg_index ${of('indrelid')} where not c.relispartition order by indexrelid`)
  await runTogether(
    sql,
    indexes.map(({ name }) => `drop index ${name}`),
  )
  const added = (kinds: string): ForeignKey[] =>
    constraints
      .filter(({ kind }) => kinds.includes(kind))
      .map(({ checked_later: isCheckedLater, definition, name, table }) => ({
        table,
        statement: `alter table ${table} add constraint ${name} ${definition}${isCheckedLater ? ' not valid' : ''}`,
        check: isCheckedLater ? `alter table ${table} validate constraint ${name}` : undefined,
      }))
  return {
    keys: added('pux'),
    // `on only` would make an index of the table alone, without its partitions.
    indexes: indexes.map(({ definition, table }) => ({ table, statement: definition.replace(' ON ONLY ', ' ON ') })),
    foreignKeys: added('f'),
  }
}

/** The tables whose triggers or forced row-level security would hinder a load. */
export const readGuards = async (sql: Sql): Promise<{ readonly triggered: string[]; readonly forced: string[] }> => {
  const rows = await sql.unsafe<{ name: string; triggered: boolean; forced: boolean }[]>(`
    select c.oid::regclass::text as name, relforcerowsecurity as forced,
      not relispartition and exists (select from pg_trigger where tgrelid = c.oid and not tgisinternal) as triggered
    from pg_class c join pg_namespace n on n.oid = c.relnamespace and n.nspname in ${domainSchemas} where relkind in ('r', 'p')`)
  return {
    triggered: rows.filter(({ triggered }) => triggered).map(({ name }) => name),
    forced: rows.filter(({ forced }) => forced).map(({ name }) => name),
  }
}
