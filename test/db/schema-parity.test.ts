import { globSync } from 'node:fs'
import { join } from 'node:path'
import { is, type SQL } from 'drizzle-orm'
import { getTableConfig, type IndexedColumn, PgTable } from 'drizzle-orm/pg-core'
import { afterAll, expect, it } from 'vitest'
import { createTestDatabase } from '../support/postgres.ts'

/**
 * Tables in hand-written migrations: drizzle-kit would make partitioned tables plain ones, no query reads the attempts, the ended sessions or the key, and the
 * chain of the audit trail is read by SQL that is not built from tables.
 */
const handWritten = new Set([
  'identity.attempts',
  'identity.ended_sessions',
  'operations.audit_anchors',
  'operations.audit_logs',
  'operations.audit_restore_records',
  'operations.audit_seals',
  'operations.identity_key',
  'operations.unsealed_audit_rows',
  'market.bars',
])

const schemaFolder = join(import.meta.dirname, '..', '..', 'db', 'schema')
const modules: Record<string, unknown>[] = await Promise.all(
  globSync('**/*.ts', { cwd: schemaFolder }).map(async file => import(join(schemaFolder, file))),
)
const tables = modules
  .flatMap(module => Object.values(module))
  .filter(value => is(value, PgTable))
  .map(getTableConfig)
const nameOf = (table: { schema: string | undefined; name: string }) => `${table.schema}.${table.name}`

const database = await createTestDatabase()
afterAll(() => database.drop())
const sql = database.connect('postgres')

/** Converts drizzle's name of a type to PostgreSQL's. */
const spelling = (type: string) =>
  type
    .replace(', ', ',')
    .replace(/^char\(/, 'character(')
    .replace(/^time$/, 'time without time zone')
const indexedName = (column: Partial<IndexedColumn | SQL>) => ('name' in column ? column.name : 'expression')
const actions = { 'no action': 'a', restrict: 'r', cascade: 'c', 'set null': 'n', 'set default': 'd' }
const generated = tables.filter(table => !handWritten.has(nameOf(table))).map(table => [nameOf(table), table] as const)

it('finds the tables', () => expect(tables.length).toBeGreaterThan(10))

it('declares all tables of the database, and no others', async () => {
  const rows = await sql<{ name: string }[]>`
    select nspname || '.' || relname as name from pg_class join pg_namespace n on n.oid = relnamespace
    where relkind in ('r', 'p') and not relispartition and nspname in ('identity', 'planning', 'wealth', 'cashflow', 'market', 'trading', 'operations')`
  const declared = new Set(tables.map(nameOf))
  const actual = rows.map(row => row.name).filter(name => declared.has(name) || !handWritten.has(name))
  expect(actual.toSorted()).toEqual([...declared].toSorted())
})

const columnsOf = (name: string) => sql<{ name: string; type: string }[]>`
  select attname as name, format_type(atttypid, atttypmod) as type, attnotnull as "notNull", (atthasdef and attgenerated = '') or attidentity <> '' as "hasDefault"
  from pg_attribute where attrelid = ${name}::regclass and attnum > 0 and not attisdropped order by attname`
const declaredColumns = (table: (typeof tables)[number]) =>
  table.columns
    .map(column => ({ name: column.name, type: spelling(column.getSQLType()), notNull: column.notNull, hasDefault: column.hasDefault }))
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))

it.each(generated)('declares the columns of %s', async (name, table) => {
  expect(declaredColumns(table)).toEqual([...(await columnsOf(name))])
})

it('declares existing columns of the hand-written tables', async () => {
  for (const table of tables.filter(candidate => handWritten.has(nameOf(candidate)))) {
    const declared = declaredColumns(table).map(({ name, type }) => ({ name, type }))
    const actual = (await columnsOf(nameOf(table))).map(({ name, type }) => ({ name, type }))
    expect(actual).toEqual(expect.arrayContaining(declared))
  }
})

it.each(generated)('declares the constraints of %s', async (name, table) => {
  const rows = await sql`
    select conname as name, contype::text as type, confrelid::regclass::text as target, confdeltype::text as "onDelete",
      (select array_to_string(array_agg(attname order by place), ',') from unnest(conkey) with ordinality as key(number, place)
        join pg_attribute on attrelid = conrelid and attnum = number) as columns
    from pg_constraint where conrelid = ${name}::regclass and contype not in ('c', 't') order by conname`
  const primaryColumns = table.columns.filter(column => column.primary).map(column => column.name)
  const primaryKeys = [...table.primaryKeys.map(key => key.columns.map(column => column.name)), primaryColumns].filter(
    key => key.length > 0,
  )
  const primary = primaryKeys.map(columns => ({
    name: `${table.name}_pkey`,
    type: 'p',
    target: '-',
    onDelete: ' ',
    columns: columns.join(','),
  }))
  const foreign = table.foreignKeys.map(key => {
    const { columns, foreignTable } = key.reference()
    return {
      name: key.getName(),
      type: 'f',
      target: nameOf(getTableConfig(foreignTable)),
      onDelete: actions[key.onDelete ?? 'no action'],
      columns: columns.map(column => column.name).join(','),
    }
  })
  expect([...primary, ...foreign].toSorted((a, b) => (a.name < b.name ? -1 : 1))).toEqual([...rows])
})

it.each(generated)('declares the checks of %s', async (name, table) => {
  const rows = await sql<{ name: string }[]>`
    select conname as name from pg_constraint where conrelid = ${name}::regclass and contype = 'c' order by conname`
  expect(table.checks.map(check => check.name).toSorted()).toEqual(rows.map(row => row.name))
})

it.each(generated)('declares the indexes of %s', async (name, table) => {
  const rows = await sql<{ name: string; unique: boolean; partial: boolean; columns: string }[]>`
    select i.relname as name, indisunique as "unique", indpred is not null as partial,
      (select string_agg(case when number = 0 then 'expression' else attname end, ',' order by place)
        from unnest(indkey::smallint[]) with ordinality as key(number, place) left join pg_attribute on attrelid = indrelid and attnum = number) as columns
    from pg_index join pg_class i on i.oid = indexrelid where indrelid = ${name}::regclass and not indisprimary order by i.relname`
  const declared = table.indexes.map(({ config }) => ({
    name: config.name,
    unique: config.unique,
    partial: config.where !== undefined,
    columns: config.columns.map(indexedName).join(','),
  }))
  expect(declared.toSorted((a, b) => ((a.name ?? '') < (b.name ?? '') ? -1 : 1))).toEqual([...rows])
})
