import type { Sql } from '../connections.ts'
import { lifecycles } from '../schema/lifecycles.ts'

/** What makes a partition. */
export interface Partition {
  /** Its table. */
  readonly of: string
  /** As in CREATE TABLE: `FOR VALUES FROM ... TO ...`. */
  readonly bound: string
  /** The checks that it does not have of its table, as in CREATE TABLE. */
  readonly checks: readonly string[]
  /** The statements that make the triggers that it does not have of its table. */
  readonly triggers: readonly string[]
}

/** A table, or a partition, of which a backup holds the rows. */
export interface Relation {
  /** `planning.plans`, quoted where necessary. */
  readonly name: string
  /** In their order, without generated columns. */
  readonly columns: readonly string[]
  readonly partition: Partition | null
  /** An estimate, to begin with the largest. */
  readonly sizeBytes: number
}

export interface Sequence {
  readonly name: string
  readonly lastValue: string
  readonly isCalled: boolean
}

/** The schemas of the domains. The table of migrations is not among them: a restored database is migrated, and so has its own. */
export const domainSchemas = "('identity', 'planning', 'wealth', 'cashflow', 'market', 'trading', 'operations')"

/** Tables of which no backup holds the rows, with the reasons. */
export const leftOut: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(lifecycles).flatMap(([table, { backup }]) => (backup === 'rows' ? [] : [[table, backup.leftOut]])),
)

/** Every table and partition that holds rows, the largest first. */
export const readRelations = async (sql: Sql): Promise<Relation[]> => {
  const rows = await sql.unsafe<
    {
      name: string
      columns: string[]
      parent: string | null
      bound: string | null
      checks: string[] | null
      triggers: string[] | null
      size: string
    }[]
  >(`
    select c.oid::regclass::text as name, pg_total_relation_size(c.oid)::text as size, pg_get_expr(c.relpartbound, c.oid) as bound,
      (select inhparent::regclass::text from pg_inherits where inhrelid = c.oid) as parent,
      (select json_agg(format('constraint %I %s', conname, pg_get_constraintdef(o.oid)) order by conname) from pg_constraint o
        where conrelid = c.oid and contype = 'c' and coninhcount = 0) as checks,
      (select json_agg(pg_get_triggerdef(oid) order by tgname) from pg_trigger where tgrelid = c.oid and not tgisinternal and tgparentid = 0) as triggers,
      (select json_agg(attname order by attnum) from pg_attribute
        where attrelid = c.oid and attnum > 0 and not attisdropped and attgenerated = '') as columns
    from pg_class c join pg_namespace n on n.oid = c.relnamespace and n.nspname in ${domainSchemas}
    where c.relkind = 'r' order by pg_total_relation_size(c.oid) desc, c.oid::regclass::text`)
  return rows
    .filter(({ name }) => !(name in leftOut))
    .map(({ bound, checks, columns, name, parent, size, triggers }) => ({
      name,
      columns,
      partition: parent !== null && bound !== null ? { of: parent, bound, checks: checks ?? [], triggers: triggers ?? [] } : null,
      sizeBytes: Number(size),
    }))
}

export const readSequences = async (sql: Sql): Promise<Sequence[]> => {
  const names = await sql.unsafe<{ name: string }[]>(`
    select c.oid::regclass::text as name from pg_class c join pg_namespace n on n.oid = c.relnamespace and n.nspname in ${domainSchemas}
    where relkind = 'S' order by 1`)
  const sequences: Sequence[] = []
  for (const { name } of names) {
    const [state] = await sql.unsafe<{ last_value: string; is_called: boolean }[]>(`select last_value::text, is_called from ${name}`)
    sequences.push({ name, lastValue: state!.last_value, isCalled: state!.is_called })
  }
  return sequences
}
