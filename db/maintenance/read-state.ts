import type { DatabaseState } from '../../domain/operations/index.ts'
import { connect, type DatabaseLocation } from '../connections.ts'
import { openDatabase, type Transaction } from '../database.ts'
import { readBloat } from './read/bloat.ts'
import { readIndexes, readUnindexedForeignKeys } from './read/indexes.ts'
import { readPartitions } from './read/partitions.ts'
import { readCache, readReplicas, readServer, readSettings, readWraparound } from './read/server.ts'
import { readBlocked, readConnections, readLongTransactions } from './read/sessions.ts'
import { readStatements } from './read/statements.ts'
import { readTables } from './read/tables.ts'

/** Each subject: how it is read, and its figures if that fails. Locks come first, because others may wait for them. */
const subjects = {
  blocked: { read: readBlocked, empty: [] },
  connections: { read: readConnections, empty: { maximum: 0, used: 0, active: 0, idleInTransaction: 0, byRole: {} } },
  longTransactions: { read: readLongTransactions, empty: [] },
  server: { read: readServer, empty: { statisticsSince: '', statisticsDays: 0, databaseBytes: 0 } },
  cache: { read: readCache, empty: { hits: 0, reads: 0, deadlocks: 0, temporaryBytes: 0 } },
  replicas: { read: readReplicas, empty: [] },
  wraparound: { read: readWraparound, empty: { transactionAge: 0, multixactAge: 0, freezeAge: 1 } },
  settings: { read: readSettings, empty: {} },
  partitions: { read: readPartitions, empty: [] },
  statements: { read: readStatements, empty: [] },
  tables: { read: readTables, empty: [] },
  indexes: { read: readIndexes, empty: [] },
  unindexedForeignKeys: { read: readUnindexedForeignKeys, empty: [] },
  bloat: { read: readBloat, empty: [] },
} as const satisfies Record<string, { read: (transaction: Transaction) => Promise<unknown>; empty: unknown }>

type Subject = keyof typeof subjects

const reasonOf = (error: unknown): string => {
  if (!(error instanceof Error)) return String(error)
  return error.cause === undefined ? error.message : reasonOf(error.cause)
}

/** The longest time of one subject, and of its wait for a lock. A table that is locked must not keep the rest of a report waiting. */
const statementTimeout = '60s'
const lockTimeout = '3s'

export interface ReadOptions {
  /** Reads the pages of large indexes, which takes seconds for each gigabyte. Default: yes. */
  readonly measuresBloat?: boolean
  readonly progress?: (text: string) => void
}

/** Reads the state of a database as nestegg_operator. A subject that cannot be read is named in `notRead`. */
export const readDatabaseState = async (
  location: DatabaseLocation,
  { measuresBloat = true, progress = () => undefined }: ReadOptions = {},
): Promise<DatabaseState> => {
  const client = connect(location, 'nestegg_operator', 1, {
    connection: {
      application_name: 'nestegg report',
      timezone: 'UTC',
      statement_timeout: statementTimeout,
      lock_timeout: lockTimeout,
    } as Record<string, string>,
  })
  try {
    const database = openDatabase(client)
    // A role that may not even connect has nothing to report.
    await client.unsafe('select 1')
    const notRead: Record<string, string> = {}
    const found: Partial<Record<Subject, unknown>> = {}
    for (const [subject, { empty, read }] of Object.entries(subjects)) {
      progress(`Reading ${subject}`)
      if (subject === 'bloat' && !measuresBloat) found.bloat = empty
      else
        found[subject as Subject] = await read(database).catch((error: unknown) => {
          notRead[subject] = reasonOf(error)
          return empty
        })
    }
    const { server, ...state } = found as { readonly [Name in Subject]: Awaited<ReturnType<(typeof subjects)[Name]['read']>> }
    return { ...server, ...state, notRead }
  } finally {
    await client.end()
  }
}
