import { createHash, type Hash } from 'node:crypto'
import { Readable } from 'node:stream'
import type { DatabaseLocation, Sql } from '../connections.ts'
import { copyIn, copyOut } from './copy.ts'
import { readGuards } from './definitions.ts'
import { evidenceTables } from './evidence.ts'
import type { Relation } from './inventory.ts'
import { type CopySession, inTransactionOf, withSessions } from './session.ts'

/** The tables cannot be put back as they were. */
export class TablesRefused extends Error {
  override readonly name = 'TablesRefused'
}

interface Reference {
  readonly name: string
  readonly from: string
  readonly to: string
  /** Pairs of columns: of the referring table, and of the one that it refers to. */
  readonly columns: readonly (readonly [string, string])[]
}

/** A table to restore, with the temporary tables that hold its rows of the backup: one, or one per partition. */
interface Restored {
  readonly name: string
  readonly columns: readonly string[]
  readonly key: readonly string[]
  /** The rows of the backup, as a table expression. */
  readonly copy: string
}

const identifier = (name: string): string => `"${name.replaceAll('"', '""')}"`
const list = (names: readonly string[], prefix = ''): string => names.map(name => `${prefix}${identifier(name)}`).join(', ')
const equal = (pairs: readonly (readonly [string, string])[], [a, b]: readonly [string, string]): string =>
  pairs.map(([left, right]) => `${a}.${identifier(left)} = ${b}.${identifier(right)}`).join(' and ')

const readReferences = async (sql: Sql): Promise<Reference[]> => {
  const rows = await sql.unsafe<{ name: string; from: string; to: string; columns: [string, string][] }[]>(`
    select conname as name, conrelid::regclass::text as from, confrelid::regclass::text as to, (
      select json_agg(json_build_array(a.attname, b.attname) order by place)
      from unnest(conkey, confkey) with ordinality as pair (own, other, place)
      join pg_attribute a on a.attrelid = conrelid and a.attnum = own join pg_attribute b on b.attrelid = confrelid and b.attnum = other) as columns
    from pg_constraint where contype = 'f' and conparentid = 0`)
  return [...rows]
}

const readKey = async (sql: Sql, table: string): Promise<string[]> => {
  const rows = await sql<{ name: string }[]>`
    select attname as name from pg_index i join unnest(i.indkey) with ordinality as part (attnum, place) on place <= i.indnkeyatts
    join pg_attribute a on a.attrelid = i.indrelid and a.attnum = part.attnum
    where i.indrelid = ${table}::regclass and i.indisprimary order by place`
  if (rows.length === 0) throw new TablesRefused(`${table} has no primary key, so its rows cannot be compared.`)
  return rows.map(({ name }) => name)
}

/** Those that others refer to come first. */
const inOrderOfReferences = (tables: readonly string[], references: readonly Reference[]): string[] => {
  const left = new Set(tables)
  const ordered: string[] = []
  while (left.size > 0) {
    const next = [...left].find(table => !references.some(({ from, to }) => from === table && to !== table && left.has(to)))
    if (next === undefined) throw new TablesRefused(`These tables refer to each other in a circle: ${[...left].join(', ')}.`)
    ordered.push(next)
    left.delete(next)
  }
  return ordered
}

/** Passes rows on, and adds them to a hash. */
const hashing = async function* (rows: AsyncIterable<Uint8Array>, hash: Hash): AsyncGenerator<Uint8Array> {
  for await (const chunk of rows) {
    hash.update(chunk)
    yield chunk
  }
}

/** Copies the rows of one relation of the scratch database into a temporary table, and compares what is there then. */
const copyAcross = async (scratch: CopySession, live: CopySession, relation: Relation, into: string): Promise<void> => {
  await live.sql.unsafe(`create temp table ${into} (like ${relation.name}) on commit drop`)
  const [given, found] = [createHash('sha256'), createHash('sha256')]
  const copy = { columns: relation.columns, name: into }
  await copyIn(live, copy, Readable.from(hashing(await copyOut(scratch.sql, relation), given)))
  for await (const chunk of (await copyOut(live.sql, copy)) as AsyncIterable<Uint8Array>) found.update(chunk)
  if (!given.digest().equals(found.digest())) throw new TablesRefused(`The copy of ${relation.name} differs from the backup.`)
}

/** References that would lead nowhere: of rows that stay to rows that go, and of rows that come to rows that are not there. */
const danglingReferences = async (sql: Sql, tables: readonly Restored[], references: readonly Reference[]): Promise<string[]> => {
  const restored = new Map(tables.map(table => [table.name, table]))
  const faults: string[] = []
  for (const { columns, from, name, to } of references) {
    const [referring, referred] = [restored.get(from), restored.get(to)]
    if ((referring === undefined) === (referred === undefined)) continue
    const given = columns.map(([own]) => `r.${identifier(own)} is not null`).join(' and ')
    const [row] = await sql.unsafe<{ count: string }[]>(`
      select count(*)::text as count from ${referring?.copy ?? from} r
      where ${given} and not exists (select from ${referred?.copy ?? to} t where ${equal(columns, ['r', 't'])})`)
    if (row!.count === '0') continue
    faults.push(
      referred
        ? `${row!.count} rows of ${from} refer by ${name} to rows of ${to} that are not in the backup`
        : `${row!.count} rows of ${from} in the backup refer by ${name} to rows of ${to} that no longer exist`,
    )
  }
  return faults
}

export interface TableChanges {
  readonly table: string
  readonly inserted: number
  readonly updated: number
  readonly deleted: number
}

const applyCopies = async (sql: Sql, tables: readonly Restored[]): Promise<TableChanges[]> => {
  const deleted = new Map<string, number>()
  const same = ({ key }: Restored) =>
    equal(
      key.map(column => [column, column] as const),
      ['t', 'c'],
    )
  for (const table of tables.toReversed()) {
    const { count } = await sql.unsafe(`delete from ${table.name} t where not exists (select from ${table.copy} c where ${same(table)})`)
    deleted.set(table.name, count)
  }
  const changes: TableChanges[] = []
  for (const table of tables) {
    const { columns, copy, key, name } = table
    const values = columns.filter(column => !key.includes(column))
    const updated =
      values.length === 0
        ? { count: 0 }
        : await sql.unsafe(`update ${name} t set ${values.map(column => `${identifier(column)} = c.${identifier(column)}`).join(', ')}
            from ${copy} c where ${same(table)} and (${list(values, 't.')}) is distinct from (${list(values, 'c.')})`)
    const inserted = await sql.unsafe(`insert into ${name} (${list(columns)}) select ${list(columns, 'c.')} from ${copy} c
      where not exists (select from ${name} t where ${same(table)})`)
    changes.push({ table: name, inserted: inserted.count, updated: updated.count, deleted: deleted.get(name)! })
  }
  return changes
}

/**
 * Runs `work` with the tables locked and without their triggers. Row-level security does not apply to their owner meanwhile, nor in the
 * neighbours, which must be read whole.
 */
const unguarded = async <Result>(
  sql: Sql,
  { neighbours, tables }: { readonly tables: readonly string[]; readonly neighbours: readonly string[] },
  work: () => Promise<Result>,
): Promise<Result> => {
  const { forced, triggered } = await readGuards(sql)
  const locked = [...new Set([...tables, ...neighbours])].toSorted()
  const alter = async (altered: readonly string[], guarded: readonly string[], action: string) => {
    for (const table of altered) if (guarded.includes(table)) await sql.unsafe(`alter table ${table} ${action}`)
  }
  for (const table of locked) await sql.unsafe(`lock table ${table} in access exclusive mode`)
  await alter(tables, triggered, 'disable trigger user')
  await alter(locked, forced, 'no force row level security')
  const result = await work()
  await alter(locked, forced, 'force row level security')
  await alter(tables, triggered, 'enable trigger user')
  return result
}

/**
 * Gives tables the rows that they have in a restored scratch database, in one transaction: rows that are too many go, changed ones change
 * back, missing ones come. Rows go into temporary copies first, which are compared. Refuses, and changes nothing, if a foreign key of another
 * table would then lead nowhere.
 * @throws TablesRefused that names every such reference
 */
export const restoreTables = async (
  location: DatabaseLocation,
  scratch: DatabaseLocation,
  { names, relations, request }: { readonly names: readonly string[]; readonly relations: readonly Relation[]; readonly request: object },
): Promise<TableChanges[]> => {
  for (const name of names) {
    if (evidenceTables.some(table => name.startsWith(table))) throw new TablesRefused(`${name} is evidence: no restore takes it back.`)
    if (!relations.some(relation => relation.name === name || relation.partition?.of === name))
      throw new TablesRefused(`The backup has no table ${name}.`)
  }
  return withSessions({ location: scratch, role: 'nestegg_backup', count: 1 }, ([source]) =>
    withSessions({ location, role: 'nestegg_owner', count: 1 }, ([live]) =>
      inTransactionOf(live!, 'begin', async sql => {
        const references = await readReferences(sql)
        const ordered = inOrderOfReferences([...new Set(names)], references)
        const neighbours = references.flatMap(({ from, to }) => (ordered.includes(from) ? [to] : ordered.includes(to) ? [from] : []))
        return unguarded(sql, { tables: ordered, neighbours }, async () => {
          const tables: Restored[] = []
          for (const [place, name] of ordered.entries()) {
            const parts = relations.filter(relation => relation.name === name || relation.partition?.of === name)
            const copies = parts.map((_, part) => `restored_${place}_${part}`)
            for (const [part, relation] of parts.entries()) await copyAcross(source!, live!, relation, copies[part]!)
            const { columns } = parts[0]!
            const copy = `(${copies.map(each => `select ${list(columns)} from ${each}`).join(' union all ')})`
            tables.push({ name, columns, key: await readKey(sql, name), copy })
          }
          const faults = await danglingReferences(sql, tables, references)
          if (faults.length > 0) throw new TablesRefused(`Nothing was restored: ${faults.join('; ')}. Restore these tables too.`)
          const changes = await applyCopies(sql, tables)
          await sql`insert into operations.audit_logs (action, resource_type, severity, metadata)
            values ('EXECUTE', 'operations.restores', 'warning', ${JSON.stringify({ ...request, changes })}::text::jsonb)`
          return changes
        })
      }),
    ),
  )
}
