import { type SQL, sql } from 'drizzle-orm'
import type { Transaction } from '../../../database.ts'
import { coveredRows, heldRows, type PolicyRow, type RetainedTable, tableOf } from './covered.ts'

const keyOf = ({ lifecycle }: RetainedTable): SQL =>
  sql.join(
    lifecycle.key.map(name => sql.identifier(name)),
    sql.raw(', '),
  )

/** How many rows a policy covers, and the keys of the oldest ones. */
export const sampleCovered = async (
  transaction: Transaction,
  table: RetainedTable,
  policy: Pick<PolicyRow, 'action' | 'conditions'>,
  cutoff: string,
  samples: number,
) => {
  const where = coveredRows(table, policy, cutoff)
  const held = heldRows(table)
  const heldToo = coveredRows({ ...table, lifecycle: { ...table.lifecycle, owner: { kind: 'platform' } } }, policy, cutoff)
  const [counted] = await transaction.execute<{ covered: string; held: string }>(sql`
    select count(*) filter (where ${where}) as covered, count(*) filter (where ${held ?? sql`false`}) as held from ${tableOf(table)} where ${heldToo}`)
  const keys = await transaction.execute<{ key: Record<string, unknown> }>(sql`
    select to_jsonb(sample) as key from (
      select ${keyOf(table)} from ${tableOf(table)} where ${where} order by ${sql.identifier(table.rules.timeColumn)}, ${keyOf(table)} limit ${samples}) sample`)
  return { records: Number(counted!.covered), held: Number(counted!.held), samples: keys.map(({ key }) => key) }
}

const oldest = (table: RetainedTable, where: SQL, limit: number): SQL => sql`
  (${keyOf(table)}) in (select ${keyOf(table)} from ${tableOf(table)} where ${where} order by ${sql.identifier(table.rules.timeColumn)} limit ${limit})`

/** Deletes the oldest rows that a policy covers. Returns each as JSON text, without a loss of precision. */
export const deleteRows = async (transaction: Transaction, table: RetainedTable, policy: PolicyRow, cutoff: string, limit: number) => {
  const where = coveredRows(table, policy, cutoff)
  const rows = await transaction.execute<{ line: string }>(sql`
    with removed as (delete from ${tableOf(table)} where ${oldest(table, where, limit)} returning *)
    select ${policy.action === 'archive' ? sql`to_jsonb(removed)::text` : sql`''`} as line from removed`)
  return rows.map(({ line }) => line)
}

/** Replaces the declared columns of the oldest rows that a policy covers. Returns how many. */
export const anonymizeRows = async (transaction: Transaction, table: RetainedTable, policy: PolicyRow, cutoff: string, limit: number) => {
  const set = Object.entries(table.rules.anonymized ?? {}).map(([column, value]) => sql`${sql.identifier(column)} = ${value}::text`)
  const rows = await transaction.execute(sql`
    update ${tableOf(table)} set ${sql.join(set, sql.raw(', '))} where ${oldest(table, coveredRows(table, policy, cutoff), limit)} returning 1`)
  return rows.length
}

export interface Partition {
  readonly name: string
  readonly firstDay: string
  readonly end: string
  /** Whether it has a row under a hold. */
  readonly isHeld: boolean
}

/** The partitions that end before the cutoff, the oldest first. */
export const coveredPartitions = async (transaction: Transaction, table: RetainedTable, cutoff: string): Promise<readonly Partition[]> => {
  const partitions = await transaction.execute<{ name: string; firstDay: string; end: string }>(sql`
    select name, from_text::date::text as "firstDay", to_text as end from (
      select c.oid::regclass::text as name, (regexp_match(bound, 'FROM \\(''([^'']+)''\\)'))[1] as from_text, (regexp_match(bound, 'TO \\(''([^'']+)''\\)'))[1] as to_text
      from pg_inherits join pg_class c on c.oid = inhrelid, pg_get_expr(c.relpartbound, c.oid) as bound
      where inhparent = ${table.name}::regclass) bounds
    where from_text is not null and to_text::timestamptz <= ${cutoff}::timestamptz order by from_text::timestamptz`)
  const held = heldRows(table)
  return Promise.all(
    partitions.map(async partition => {
      if (!held) return { ...partition, isHeld: false }
      const [row] = await transaction.execute<{ found: boolean }>(
        sql`select exists (select from ${tableOf(table)} where ${inPartition(table, partition)} and ${held}) as found`,
      )
      return { ...partition, isHeld: row!.found }
    }),
  )
}

const inPartition = ({ rules }: RetainedTable, { end, firstDay }: Pick<Partition, 'firstDay' | 'end'>): SQL => {
  const time = sql.identifier(rules.timeColumn)
  return sql`${time} >= ${firstDay}::date::timestamp at time zone 'UTC' and ${time} < ${end}::timestamptz`
}

export const countPartition = async (transaction: Transaction, table: RetainedTable, partition: Partition): Promise<number> => {
  const [row] = await transaction.execute<{ count: string }>(
    sql`select count(*) from ${tableOf(table)} where ${inPartition(table, partition)}`,
  )
  return Number(row!.count)
}

/** The rows of a partition as JSON texts, in the order of their keys, page by page. */
export const readPartition = async function* (transaction: Transaction, table: RetainedTable, partition: Partition, pageSize: number) {
  const key = keyOf(table)
  let after: SQL = sql`true`
  for (;;) {
    const rows: { line: string; key: Record<string, string> }[] = await transaction.execute<{
      line: string
      key: Record<string, string>
    }>(sql`
      select to_jsonb(t)::text as line, (select jsonb_object_agg(name, to_jsonb(t) ->> name) from unnest(array[${sql.join(
        table.lifecycle.key.map(name => sql`${name}::text`),
        sql.raw(', '),
      )}]) name) as key
      from ${tableOf(table)} t where ${inPartition(table, partition)} and ${after} order by ${key} limit ${pageSize}`)
    if (rows.length === 0) return
    yield rows.map(({ line }) => line)
    const last = rows.at(-1)!.key
    const values = table.lifecycle.key.map(
      name => sql`(jsonb_populate_record(null::${tableOf(table)}, ${JSON.stringify(last)}::jsonb)).${sql.identifier(name)}`,
    )
    after = sql`(${key}) > (${sql.join(values, sql.raw(', '))})`
  }
}

/** Removes a partition by the function of its table, in the transaction. */
export const dropPartition = async (transaction: Transaction, table: RetainedTable, { firstDay }: Partition): Promise<void> => {
  const [schema, name] = table.rules.partitions!.droppedBy.split('.')
  await transaction.execute(sql`select ${sql.identifier(schema!)}.${sql.identifier(name!)}(${firstDay}::date)`)
}

/** Puts archived rows back. Rows that exist stay as they are. Returns how many were added. */
export const restoreRows = async (
  transaction: Transaction,
  table: Pick<RetainedTable, 'name'>,
  lines: readonly string[],
): Promise<number> => {
  const rows = await transaction.execute(sql`
    insert into ${tableOf(table)} select (jsonb_populate_record(null::${tableOf(table)}, line)).* from jsonb_array_elements(${`[${lines.join(',')}]`}::jsonb) line
    on conflict do nothing returning 1`)
  return rows.length
}
