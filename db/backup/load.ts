import type { Readable } from 'node:stream'
import type { DatabaseLocation, Sql } from '../connections.ts'
import { copyIn } from './copy.ts'
import { type Definition, dropDefinitions, type ForeignKey, readGuards, runTogether } from './definitions.ts'
import { type Relation, readRelations, type Sequence } from './inventory.ts'
import { type CopySession, inTransactionOf, onSessions, withSessions } from './session.ts'

export interface LoadOptions {
  readonly relations: readonly Relation[]
  readonly sequences: readonly Sequence[]
  /** Connections that load at the same time. */
  readonly parallel: number
  /** Gives the rows of a table to `load`, which returns how many there were. */
  readonly read: (relation: Relation, load: (rows: Readable) => Promise<number>) => Promise<void>
  readonly onStep?: ((step: string) => void) | undefined
}

const tablesOf = (relations: readonly Relation[]): string[] =>
  relations.filter(({ partition }) => partition === null).map(({ name }) => name)

/** Tables that the backup has and the database has not, or the reverse. Partitions follow from the backup. */
const differences = (wanted: readonly Relation[], found: readonly Relation[]): string[] => {
  const [these, those] = [tablesOf(wanted), tablesOf(found)]
  return [...these.filter(name => !those.includes(name)), ...those.filter(name => !these.includes(name))]
}

/**
 * Gives partitioned tables the partitions of the backup, and no others.
 * @param isChosen whether to do so with the table of a partition
 */
export const makePartitions = async (
  sql: Sql,
  relations: readonly Relation[],
  isChosen: (relation: Relation) => boolean = () => true,
): Promise<void> => {
  const dropped = (await readRelations(sql)).filter(isChosen).flatMap(({ name, partition }) => (partition ? [`drop table ${name}`] : []))
  const made = relations.flatMap(({ name, partition }) => {
    if (!partition) return []
    const checks = partition.checks.length === 0 ? '' : `(${partition.checks.join(', ')})`
    return [`create table ${name} partition of ${partition.of} ${checks} ${partition.bound}`]
  })
  await runTogether(sql, [...dropped, ...made])
}

const runAll = (sessions: readonly CopySession[], lists: readonly (readonly string[])[]): Promise<void> =>
  onSessions(sessions, lists, ({ sql }, statements) => runTogether(sql, statements))

/** One list per table: these statements lock their table. */
const byTable = (definitions: readonly Definition[]): string[][] =>
  [...Map.groupBy(definitions, ({ table }) => table).values()].map(own => own.map(({ statement }) => statement))

/** Adding a foreign key locks both tables, so all are added first. Checking one locks only its own, and so do the statistics. */
const addForeignKeys = async (
  sessions: readonly CopySession[],
  foreignKeys: readonly ForeignKey[],
  tables: Iterable<string>,
): Promise<void> => {
  await runTogether(
    sessions[0]!.sql,
    foreignKeys.map(({ statement }) => statement),
  )
  await runAll(
    sessions,
    [...tables].map(name => [...foreignKeys.flatMap(({ check, table }) => (table === name && check ? [check] : [])), `analyze ${name}`]),
  )
}

/**
 * Fills a migrated database with the rows of a backup, as nestegg_owner. Triggers do not run, so that the rows are those of the backup, and
 * row-level security does not apply to the owner meanwhile. Both are as before at the end. The database must be used by nobody else: after a
 * failure it is neither empty nor complete.
 */
export const loadBackup = async (
  location: DatabaseLocation,
  { onStep, parallel, read, relations, sequences }: LoadOptions,
): Promise<void> =>
  withSessions({ location, role: 'nestegg_owner', count: parallel }, async sessions => {
    const first = sessions[0]!
    const { sql } = first
    const missing = differences(relations, await readRelations(sql))
    if (missing.length > 0) throw new Error(`The backup and its migrations differ in these tables: ${missing.join(', ')}.`)
    const guards = await readGuards(sql)
    const definitions = await inTransactionOf(first, 'begin', async () => {
      await makePartitions(sql, relations)
      await runTogether(sql, [
        ...guards.triggered.map(table => `alter table ${table} disable trigger user`),
        ...guards.forced.map(table => `alter table ${table} no force row level security`),
      ])
      return dropDefinitions(sql)
    })
    onStep?.('Loading rows')
    await onSessions(sessions, relations, (session, relation) =>
      inTransactionOf(session, 'begin', async loader => {
        await loader.unsafe(`truncate ${relation.name}`)
        await read(relation, rows => copyIn(session, relation, rows))
      }),
    )
    for (const { isCalled, lastValue, name } of sequences) await sql`select setval(${name}::regclass, ${lastValue}::bigint, ${isCalled})`
    onStep?.('Building indexes')
    await runAll(sessions, byTable(definitions.keys))
    await runAll(
      sessions,
      definitions.indexes.map(({ statement }) => [statement]),
    )
    onStep?.('Checking foreign keys')
    const loaded = relations.map(({ name, partition }) => partition?.of ?? name)
    // A table that backups leave out has foreign keys too.
    await addForeignKeys(sessions, definitions.foreignKeys, new Set([...loaded, ...definitions.foreignKeys.map(({ table }) => table)]))
    await runTogether(sql, [
      ...guards.forced.map(table => `alter table ${table} force row level security`),
      ...guards.triggered.map(table => `alter table ${table} enable trigger user`),
      ...relations.flatMap(({ partition }) => partition?.triggers ?? []),
    ])
  })
