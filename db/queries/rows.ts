import { and, asc, desc, eq, getTableColumns, gt, gte, isNull, lt, lte, or, type SQL, sql } from 'drizzle-orm'
import type { PgColumn, PgTable } from 'drizzle-orm/pg-core'
import type { SelectResultFields } from 'drizzle-orm/query-builders/select.types'
import type { Transaction } from '../database.ts'

/** The row, or the reason for a refusal: there is no such row, it has another version, or the caller may read it but not change it. */
export type Outcome<Row> =
  | { readonly row: Row }
  | { readonly refused: 'missing' }
  /** Row-level security lets the caller read the row but not change it. */
  | { readonly refused: 'read-only'; readonly row: Row }
  | { readonly refused: 'stale'; readonly version: number; readonly expected: number }

/** The place where a page ended: the last row's value of the sorted column, as text, and its key. */
export type Place = readonly [value: string | null, key: string]

export interface ListRequest<Sortable extends string = string> {
  readonly limit: number
  /** A column, ascending; with `-` in front, descending. Rows with equal values are in the order of their keys. Nulls come last. */
  readonly sort: Sortable | `-${Sortable}`
  readonly where?: SQL | undefined
  /** The page begins after this place. */
  readonly after?: Place | undefined
  /**
   * Without a place, the page begins at the first row at or after this value of the sorted column, as text; descending, at or before it. `total`
   * counts the rows before the page too.
   */
  readonly from?: string | undefined
  /** Whether to count all rows that match `where` too. */
  readonly count?: boolean | undefined
}

export interface Listed<Row> {
  readonly rows: readonly Row[]
  /** The place of a row of the page, after which a shorter page ends. */
  readonly placeOf: (row: Row) => Place
  /** Null on the last page. */
  readonly next: Place | null
  readonly total?: number
}

/**
 * The operations on the rows of one table. `key` identifies a row; with the option `nested`, only within a parent. `within` restricts them to
 * the rows of a parent. `version` is the version that the caller read; undefined accepts any version. `Sortable` are the selected columns: a list cannot
 * be sorted by a field that the selection computes.
 */
export interface Rows<Row, Insert, Sortable extends string = string, Within extends [within?: SQL] = [within?: SQL]> {
  readonly table: PgTable
  /** The property of the column that each change increases; undefined for a table without one. */
  readonly versionProperty: string | undefined
  /** One page. If the place or the value to begin with does not fit the sorted column, PostgreSQL raises a data exception (SQLSTATE 22…). */
  list(transaction: Transaction, request: ListRequest<Sortable>): Promise<Listed<Row>>
  find(transaction: Transaction, key: string, ...within: Within): Promise<Row | undefined>
  /** Locks the row until the transaction ends, for a change that needs several statements. */
  lock(transaction: Transaction, key: string, version?: number, ...within: Within): Promise<Outcome<Row>>
  insert(transaction: Transaction, values: Insert): Promise<Row>
  /** One statement checks the version, changes the row and increases the version by one. */
  update(
    transaction: Transaction,
    key: string,
    change: Partial<Insert>,
    version: number | undefined,
    ...within: Within
  ): Promise<Outcome<Row>>
  /** Deletes the row. The outcome contains the deleted row. */
  remove(transaction: Transaction, key: string, version: number | undefined, ...within: Within): Promise<Outcome<Row>>
  keyOf(row: Row): string
  /** Undefined for a table without a version column. */
  versionOf(row: Row): number | undefined
}

/** A value for each column, or SQL that computes it. */
type Written<Values> = { readonly [Name in keyof Values]: Values[Name] | SQL }
type Columns<Table extends PgTable> = Table['_']['columns']
type Selected = Readonly<Record<string, PgColumn | SQL | SQL.Aliased>>

interface Options<Table extends PgTable, Selection, Nested> {
  /** The property of the key column; `id` by default. */
  readonly key?: keyof Columns<Table> & string
  /** Whether the key identifies a row only within its parent. Every operation on one row then requires the parent. */
  readonly nested?: Nested
  /** The property of the integer that each change increases; null for rows that no request changes; `version` by default. */
  readonly version?: (keyof Columns<Table> & string) | null
  /** Only rows that meet this condition are visible. */
  readonly where?: SQL | undefined
  /** The columns to read; all by default. Its SQL names columns without their table. */
  readonly selection?: Selection
}

/** The version is optional if the table has an integer column `version`. Otherwise it is required, so that it cannot be forgotten. */
type Stated<Table extends PgTable, Selection, Nested> = Table['$inferSelect'] extends { version: number }
  ? [options?: Options<Table, Selection, Nested>]
  : [options: Options<Table, Selection, Nested> & { readonly version: (keyof Columns<Table> & string) | null }]

/** In PostgreSQL descending order begins with nulls; here they come last. */
const ordered = (column: PgColumn, descending: boolean): SQL => {
  if (!descending) return asc(column)
  return column.notNull ? desc(column) : sql`${column} desc nulls last`
}

const typed = (text: string | null, column: PgColumn): SQL => sql`${text}::text::${sql.raw(column.getSQLType())}`

/** The rows that follow a place: a comparison of (value, key), for which an index on both can be used. */
const beyond = (sorted: PgColumn, key: PgColumn, place: Place, descending: boolean): SQL | undefined => {
  const [value, keyValue] = [typed(place[0], sorted), typed(place[1], key)]
  const later = descending ? lt : gt
  if (sorted === key) return later(key, keyValue)
  if (place[0] === null) return and(isNull(sorted), later(key, keyValue))
  const following = sql`(${sorted}, ${key}) ${sql.raw(descending ? '<' : '>')} (${value}, ${keyValue})`
  return sorted.notNull ? following : or(following, isNull(sorted))
}

/** The rows from a value on. Its type has no precision, so that it is not rounded. */
const reaching = (sorted: PgColumn, value: string, descending: boolean): SQL | undefined => {
  const type = sql.raw(sorted.getSQLType().replace(/\(.*\)/, ''))
  const reached = (descending ? lte : gte)(sorted, sql`${value}::text::${type}`)
  return sorted.notNull ? reached : or(reached, isNull(sorted))
}

const textOf = (value: string | number | bigint | boolean | null): string | null => (value === null ? null : String(value))

/**
 * Derives the operations of a plain table. Row-level security decides which rows the caller sees; a hidden row is `missing`.
 * @example export const householdRows = rowsOf(households)
 */
export const rowsOf = <Table extends PgTable, Selection extends Selected = Columns<Table>, const Nested extends boolean = false>(
  table: Table,
  ...[options = {}]: Stated<Table, Selection, Nested>
): Rows<
  SelectResultFields<Selection>,
  Written<Table['$inferInsert']>,
  keyof Columns<Table> & keyof Selection & string,
  Nested extends true ? [within: SQL] : [within?: SQL]
> => {
  type Row = SelectResultFields<Selection>
  const { key = 'id', version = 'version', where: always } = options as Options<Table, Selection, Nested>
  const pgTable: PgTable = table
  const columns = getTableColumns(pgTable)
  const selection = (options.selection ?? columns) as Record<string, PgColumn>
  const keyColumn = columns[key]!
  const versionColumn = version === null ? undefined : columns[version]!
  const at = (value: string, within?: SQL, expected?: number) =>
    and(eq(keyColumn, value), always, within, expected === undefined || !versionColumn ? undefined : eq(versionColumn, expected))

  const find = async (transaction: Transaction, value: string, within?: SQL): Promise<Row | undefined> => {
    const [row] = await transaction.select(selection).from(pgTable).where(at(value, within))
    return row as Row | undefined
  }
  const keyOf = (row: Row) => String(Reflect.get(row, key))
  const versionOf = (row: Row) => (version === null ? undefined : (Reflect.get(row, version) as number))
  /** Finds the reason why a statement changed no row. */
  const outcomeOf = async (
    transaction: Transaction,
    rows: unknown[],
    value: string,
    expected?: number,
    within?: SQL,
  ): Promise<Outcome<Row>> => {
    if (rows.length > 0) return { row: rows[0] as Row }
    const current = await find(transaction, value, within)
    if (!current) return { refused: 'missing' }
    const present = versionOf(current)
    return expected !== undefined && present !== undefined && present !== expected
      ? { refused: 'stale', version: present, expected }
      : { refused: 'read-only', row: current }
  }

  return {
    table: pgTable,
    versionProperty: version ?? undefined,
    find,
    versionOf,
    keyOf,
    list: async (transaction, { after, count, from, limit, sort, where }) => {
      const descending = sort.startsWith('-')
      const name = descending ? sort.slice(1) : sort
      const sorted = columns[name]!
      const shown = and(always, where)
      const begun = after
        ? beyond(sorted, keyColumn, after, descending)
        : from === undefined
          ? undefined
          : reaching(sorted, from, descending)
      const found = await transaction
        .select(selection)
        .from(pgTable)
        .where(and(shown, begun))
        .orderBy(ordered(sorted, descending), ordered(keyColumn, descending))
        .limit(limit + 1)
      const rows = found.slice(0, limit)
      const last = found.length > limit ? rows.at(-1) : undefined
      const placeOf = (row: Row): Place => [textOf(Reflect.get(row, name) as Parameters<typeof textOf>[0]), keyOf(row)]
      return {
        rows: rows as Row[],
        placeOf,
        next: last ? placeOf(last as Row) : null,
        ...(count ? { total: await transaction.$count(table, shown) } : {}),
      }
    },
    lock: async (transaction, value, expected, ...[within]) => {
      const rows = await transaction
        .select(selection)
        .from(pgTable)
        .where(at(value, within, expected))
        .for('update')
      return outcomeOf(transaction, rows, value, expected, within)
    },
    insert: async (transaction, values) => {
      const [row] = await transaction.insert(pgTable).values(values).returning(selection)
      return row as Row
    },
    update: async (transaction, value, change, expected, ...[within]) => {
      const next = versionColumn ? { [version!]: sql`${versionColumn} + 1` } : {}
      const rows = await transaction
        .update(pgTable)
        .set({ ...change, ...next })
        .where(at(value, within, expected))
        .returning(selection)
      return outcomeOf(transaction, rows, value, expected, within)
    },
    remove: async (transaction, value, expected, ...[within]) => {
      const rows = await transaction
        .delete(pgTable)
        .where(at(value, within, expected))
        .returning(selection)
      return outcomeOf(transaction, rows, value, expected, within)
    },
  }
}
