import { sql } from 'drizzle-orm'
import { connect, type DatabaseLocation } from '../../../db/connections.ts'
import { openDatabase, type Transaction } from '../../../db/database.ts'
import { migrate, migrationStatus, type MigrationStatus } from '../../../db/migrate/index.ts'
import { listRecordedAnchors, listRecordedRestores, listSeals } from '../../../db/queries/operations/audit-chain.ts'
import { lifecycles } from '../../../db/schema/lifecycles.ts'
import { anchorPrefix, restoreRecordKey } from '../../../domain/operations/index.ts'
import type { ReadStore } from '../../runtime/object-store.ts'
import { lastMonth } from '../audit/months.ts'
import { type Verification, verifyAuditTrail } from '../audit/verify.ts'
import { validateData } from '../validate-data.ts'

type Read = <Result>(work: (transaction: Transaction) => Promise<Result>) => Promise<Result>

export interface RestoredCopy {
  /** Runs a transaction as nestegg_operator in the database in use. */
  readonly live: Read
  /** A copy that is thrown away: pending migrations are applied to it. */
  readonly restored: DatabaseLocation
  readonly anchors: ReadStore
  /** When AWS Backup made the recovery point. */
  readonly recoveryPoint: Date
  readonly hasTime: () => boolean
  readonly request: { readonly requestId: string; readonly route: string }
}

export interface RestoredReport {
  /** What is wrong with the copy, as sentences. An empty list: it is good. */
  readonly findings: readonly string[]
  readonly tables: number
  readonly rows: number
  readonly rowsByTable: Readonly<Record<string, number>>
  readonly seals: number
  readonly verifiedAuditRows: number
  readonly newestAnchor: string | null
  readonly checks: number
  readonly appliedMigrations: readonly string[]
}

/** AWS does not say which moment of a snapshot its date is. Only anchors that are so much older must be in it. */
const anchorLeewayMilliseconds = 10 * 60_000
const namedFindings = 20

/** Runs work in the copy, in transactions that read the rows of all owners and write none. */
const withReader = async <Result>({ request, restored }: RestoredCopy, work: (read: Read) => Promise<Result>): Promise<Result> => {
  const client = connect(restored, 'nestegg_owner')
  const database = openDatabase(client)
  try {
    return await work(run =>
      database.transaction(async transaction => {
        await transaction.execute(sql`select operations.begin_checks(${JSON.stringify(request)}::jsonb)`)
        await transaction.execute(sql`set transaction read only`)
        return run(transaction)
      }),
    )
  } finally {
    await client.end()
  }
}

const faultsOfMigrations = ({ foreign, migrations }: MigrationStatus): string[] => [
  ...migrations.flatMap(({ state, tag }) => {
    if (state === 'edited') return [`The migration ${tag} is not the one that was applied: it was edited.`]
    return state === 'skipped' ? [`The migration ${tag} was never applied, although newer ones were.`] : []
  }),
  ...(foreign.length > 0 ? [`${foreign.length} migrations were applied that this code does not have.`] : []),
]

/** The anchors as they were at the recovery point, and those that the copy has recorded since. */
const anchorsAt = (store: ReadStore, recoveryPoint: Date, recorded: ReadonlySet<string>): ReadStore => ({
  get: key => store.get(key),
  list: async prefix => {
    const objects = await store.list(prefix)
    if (prefix !== anchorPrefix) return objects
    const newest = recoveryPoint.getTime() - anchorLeewayMilliseconds
    return objects.filter(({ key, storedAt }) => recorded.has(key) || storedAt.getTime() <= newest)
  },
})

/** Whether the database in use has the newest seal of the copy: its hash covers all seals and rows before it. */
const compareHead = async (live: Read, { head }: Verification): Promise<string[]> => {
  if (head === null) return []
  const [seal] = await live(transaction => listSeals(transaction, head.number - 1, 1))
  if (seal?.number !== head.number) return [`Audit trail: the database in use does not have seal ${head.number}, the newest of the copy.`]
  return seal.hash === head.hash && seal.totalRows === head.totalRows
    ? []
    : [
        `Audit trail: seal ${head.number} has the hash ${head.hash} and ${head.totalRows} rows up to it in the copy, and ${seal.hash} and ${seal.totalRows} in the database in use.`,
      ]
}

const verifyTrail = async ({ anchors, hasTime, recoveryPoint }: RestoredCopy, read: Read): Promise<Verification> => {
  const recorded = new Set([
    ...(await read(listRecordedAnchors)).map(({ key }) => key),
    ...(await read(listRecordedRestores)).map(({ number }) => restoreRecordKey(number)),
  ])
  const store = anchorsAt(anchors, recoveryPoint, recorded)
  return verifyAuditTrail({ read, store, from: lastMonth(recoveryPoint), hasTime, namedFindings })
}

const describeTrail = ({ findings, isComplete, moreFindings }: Verification): string[] => [
  ...findings.map(({ detail }) => `Audit trail: ${detail}`),
  ...(moreFindings > 0 ? [`Audit trail: ${moreFindings} more findings.`] : []),
  ...(isComplete ? [] : ['Audit trail: there was no time to verify all rows of two months.']),
]

/** The number of rows of each table that this code knows; null for one that is missing. */
const countRows = (read: Read): Promise<ReadonlyMap<string, number | null>> =>
  read(async transaction => {
    const counts = new Map<string, number | null>()
    for (const table of Object.keys(lifecycles)) {
      const [found] = await transaction.execute<{ exists: boolean }>(sql`select to_regclass(${table}) is not null as exists`)
      if (!found!.exists) {
        counts.set(table, null)
        continue
      }
      const [row] = await transaction.execute<{ count: string }>(sql`select count(*)::text as count from ${sql.raw(table)}`)
      counts.set(table, Number(row!.count))
    }
    return counts
  })

const checkRows = async (copy: RestoredCopy): Promise<{ readonly findings: string[]; readonly checks: number }> => {
  const { notRun, results } = await validateData({ ...copy, location: copy.restored, progress: () => undefined }, false)
  return {
    checks: results.length,
    findings: [
      ...results.flatMap(({ badRows, error, id, sentence }) => {
        if (error !== null) return [`The check ${id} could not run: ${error}`]
        return badRows > 0 ? [`The check ${id} found ${badRows} rows. The rule: ${sentence}`] : []
      }),
      ...(notRun.length > 0 ? [`There was no time for ${notRun.length} checks of the data.`] : []),
    ],
  }
}

/**
 * Compares a restored copy of the database with the migrations, the anchors of the audit trail at the recovery point, the audit trail in use,
 * the tables of this code and their rules. Of other tables the copy may differ from the database in use, which goes on.
 */
export const compareRestored = async (copy: RestoredCopy): Promise<RestoredReport> => {
  const { live, restored } = copy
  const status = await migrationStatus(restored)
  const ofMigrations = faultsOfMigrations(status)
  return withReader(copy, async read => {
    // As in a real restore. This code reads the newest tables.
    const { applied } = ofMigrations.length > 0 ? { applied: [] } : await migrate(restored, { backup: async () => undefined })
    const trail = await verifyTrail(copy, read)
    const ofHead = await compareHead(live, trail)
    const counts = await countRows(read)
    const missing = [...counts].filter(([, count]) => count === null).map(([table]) => `The table ${table} is missing.`)
    const rows = await checkRows(copy)
    const rowsByTable = Object.fromEntries([...counts].map(([table, count]) => [table, count ?? 0]))
    return {
      findings: [...ofMigrations, ...describeTrail(trail), ...ofHead, ...missing, ...rows.findings],
      tables: counts.size - missing.length,
      rows: Object.values(rowsByTable).reduce((total, count) => total + count, 0),
      rowsByTable,
      seals: trail.seals,
      verifiedAuditRows: trail.verifiedRows,
      newestAnchor: trail.newestAnchor,
      checks: rows.checks,
      appliedMigrations: applied,
    }
  })
}
