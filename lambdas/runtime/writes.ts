import { getTableColumns } from 'drizzle-orm'
import { getTableConfig, type PgTable } from 'drizzle-orm/pg-core'

/**
 * A change that the statements of a route, job or task make in one table. The grants of its database role are exactly these changes. What
 * a `security definer` function of the database changes needs no grant and is not declared. Names are those of the database.
 */
export interface TableWrite {
  /** `planning.plans` */
  readonly table: string
  readonly inserts?: true
  /** The columns that it updates. */
  readonly updates?: readonly string[]
  readonly deletes?: true
}

/** The name of a table with its schema. */
const nameOf = (table: PgTable): string => {
  const { name, schema } = getTableConfig(table)
  return `${schema}.${name}`
}

export const inserts = (table: PgTable): TableWrite => ({ table: nameOf(table), inserts: true })

export const deletes = (table: PgTable): TableWrite => ({ table: nameOf(table), deletes: true })

/** @param properties those of the Drizzle table, such as `removedAt` */
export const updates = <Table extends PgTable>(table: Table, properties: readonly (keyof Table['_']['columns'] & string)[]): TableWrite => {
  const columns = getTableColumns<PgTable>(table)
  return { table: nameOf(table), updates: properties.map(property => columns[property]!.name) }
}

/** The update of the columns that a body names, and of the version. Fields of the body that are no columns are left out. */
export const updatesOf = (table: PgTable, body: object, version: string | undefined): TableWrite => {
  const columns = getTableColumns(table)
  const fields = [...Object.keys(body), ...(version === undefined ? [] : [version])]
  return { table: nameOf(table), updates: fields.flatMap(field => columns[field]?.name ?? []) }
}
