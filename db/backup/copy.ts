import { type Readable, Writable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { DatabaseLocation, Sql } from '../connections.ts'
import type { Relation } from './inventory.ts'
import { type CopySession, inTransactionOf, lostConnection, onSessions, withSessions } from './session.ts'

const quoted = (names: readonly string[]): string => names.map(name => `"${name.replaceAll('"', '""')}"`).join(', ')

/**
 * The rows of a table as a stream in PostgreSQL's binary format of COPY. postgres.js pauses the connection while the stream is full, and continues
 * when the stream asks for more, which it no longer does after its last row: so the end of the stream continues the connection.
 */
export const copyOut = async (sql: Sql, { columns, name }: Pick<Relation, 'columns' | 'name'>): Promise<Readable> => {
  const rows = await sql.unsafe(`copy ${name} (${quoted(columns)}) to stdout (format binary)`).readable()
  return rows.once('end', () => rows._read(0))
}

const countRows = async (sql: Sql, name: string): Promise<number> => {
  const [row] = await sql.unsafe<{ count: string }[]>(`select count(*)::text as count from ${name}`)
  return Number(row!.count)
}

/** Stores a stream of COPY under the name of its table, to its end. */
export type Consume<Outcome> = (relation: Relation, rows: Readable) => Promise<Outcome>

export interface Copied<Outcome> {
  readonly relation: Relation
  readonly rows: number
  readonly outcome: Outcome
}

export interface SnapshotOptions<Outcome> {
  /** Connections that copy at the same time, besides the one that keeps the snapshot. */
  readonly parallel: number
  readonly consume: Consume<Outcome>
  readonly onCopied?: ((copied: Copied<Outcome>) => void) | undefined
}

/**
 * Copies tables as they were at one moment, several at a time, as nestegg_backup. One transaction exports its snapshot and stays open; the
 * others read by that snapshot.
 * @param choose reads the tables to copy, and whatever else belongs to the same moment
 */
export const copySnapshot = async <Chosen extends { readonly relations: readonly Relation[] }, Outcome>(
  location: DatabaseLocation,
  choose: (sql: Sql) => Promise<Chosen>,
  { consume, onCopied, parallel }: SnapshotOptions<Outcome>,
): Promise<{ readonly chosen: Chosen; readonly copied: readonly Copied<Outcome>[] }> =>
  withSessions({ location, role: 'nestegg_backup', count: parallel + 1 }, ([keeper, ...sessions]) =>
    inTransactionOf(keeper!, 'begin isolation level repeatable read, read only', async sql => {
      const [exported] = await sql.unsafe<{ snapshot: string }[]>('select pg_export_snapshot() as snapshot')
      const chosen = await choose(sql)
      const copied: Copied<Outcome>[] = []
      await onSessions(sessions, chosen.relations, (session, relation) =>
        inTransactionOf(session, 'begin isolation level repeatable read, read only', async reader => {
          await reader.unsafe(`set transaction snapshot '${exported!.snapshot}'`)
          const outcome = await consume(relation, await copyOut(reader, relation))
          const one = { relation, outcome, rows: await countRows(reader, relation.name) }
          copied.push(one)
          onCopied?.(one)
        }),
      )
      return { chosen, copied }
    }),
  )

/** Passes chunks on to the stream of a COPY while the connection is there: postgres.js would throw out of reach without it. */
const whileConnected = ({ isLost }: CopySession, target: Writable): Writable => {
  const passing = new Writable({
    highWaterMark: 1024 * 1024,
    write: (chunk, _, done) => void (isLost() ? done(lostConnection()) : target.write(chunk, done)),
    final: done => void (isLost() ? done(lostConnection()) : target.end(done)),
    destroy: (error, done) => {
      if (error && !isLost()) target.destroy(error)
      done(error)
    },
  })
  target.on('error', error => passing.destroy(error))
  return passing
}

/**
 * Fills an empty table of this transaction from a stream of COPY. The rows are frozen: later scans need not check them.
 * @returns the number of rows
 */
export const copyIn = async (
  session: CopySession,
  { columns, name }: Pick<Relation, 'columns' | 'name'>,
  rows: Readable,
): Promise<number> => {
  const target = await session.sql.unsafe(`copy ${name} (${quoted(columns)}) from stdin (format binary, freeze)`).writable()
  await pipeline(rows, whileConnected(session, target))
  return countRows(session.sql, name)
}
