import { compareAppliedIn, type MigrationStatus, readMigrations } from '../../db/migrate/index.ts'
import { readDatabaseState } from '../../db/maintenance/read-state.ts'
import { findNewestGoodBackup, findNewestRestoreTest, type RestoreRow } from '../../db/queries/operations/backups.ts'
import { listPolicyDues } from '../../db/queries/operations/retention/policies.ts'
import { countOpenEvents } from '../../db/queries/operations/system-events.ts'
import { type LastRun, listLastRuns } from '../../db/queries/operations/job-status.ts'
import { readServerVersion } from '../../db/queries/operations/operations.ts'
import {
  bytesText,
  countText,
  type DatabaseState,
  type OverdueRetention,
  overdueRetention,
  overdueRetentionHours,
  percentText,
  type Recommendation,
  recommend,
} from '../../domain/operations/index.ts'
import { jobs } from '../jobs.ts'
import { alignColumns } from '../runtime/align-columns.ts'
import type { CommandContext } from '../runtime/command.ts'
import { describeRecommendations } from './describe-report.ts'

export interface PlatformStatus {
  /** `attention`: something of what follows has to be looked at. */
  readonly status: 'ok' | 'attention'
  readonly serverVersion: string
  readonly latencyMs: number
  readonly migrations: MigrationStatus
  /** The newest run of each job, or null if it was never run. */
  readonly jobs: readonly { readonly job: string; readonly lastRun: LastRun | null }[]
  /** The moment that the newest good backup shows; null if there is none. */
  readonly newestBackupAt: string | null
  readonly overdueRetention: OverdueRetention
  /** The newest test in which AWS Backup restored a snapshot; null if there is none. */
  readonly newestRestoreTest: RestoreRow | null
  /** The number of system events that wait for somebody, by severity. */
  readonly openEvents: Readonly<Record<string, number>>
  readonly recommendations: readonly Recommendation[]
  readonly database: DatabaseState
}

export const isUpToDate = ({ foreign, migrations }: MigrationStatus): boolean =>
  foreign.length === 0 && migrations.every(({ state }) => state === 'applied')

/** Reads the state of a platform: the database, its migrations and the runs of its jobs. */
export const readStatus = async ({ inTransaction, location, progress }: CommandContext): Promise<PlatformStatus> => {
  const files = readMigrations()
  const { lastRuns, latencyMs, migrations, newestBackupAt, newestRestoreTest, openEvents, policyDues, serverVersion } = await inTransaction(
    async transaction => {
      const startedAt = performance.now()
      const version = await readServerVersion(transaction)
      return {
        serverVersion: version,
        latencyMs: Math.round((performance.now() - startedAt) * 100) / 100,
        migrations: await compareAppliedIn(transaction, files),
        lastRuns: await listLastRuns(transaction),
        newestBackupAt: (await findNewestGoodBackup(transaction))?.snapshotAt ?? null,
        openEvents: await countOpenEvents(transaction),
        policyDues: await listPolicyDues(transaction),
        newestRestoreTest: (await findNewestRestoreTest(transaction)) ?? null,
      }
    },
  )
  const database = await readDatabaseState(location, { measuresBloat: false, progress })
  const recommendations = recommend(database)
  const overdue = overdueRetention(policyDues, Date.now())
  const byJob = new Map(lastRuns.map(run => [run.job, run]))
  const isFine =
    isUpToDate(migrations) &&
    Object.keys(database.notRead).length === 0 &&
    recommendations.every(({ severity }) => severity === 'info') &&
    lastRuns.every(({ status }) => status !== 'failed') &&
    overdue.hours <= overdueRetentionHours
  return {
    status: isFine ? 'ok' : 'attention',
    serverVersion,
    latencyMs,
    migrations,
    jobs: jobs.map(({ id }) => ({ job: id, lastRun: byJob.get(id) ?? null })),
    newestBackupAt,
    overdueRetention: overdue,
    newestRestoreTest,
    openEvents,
    recommendations,
    database,
  }
}

const describeRetention = ({ hours, mostOverdue, policies }: OverdueRetention): string =>
  policies === 0
    ? 'no policy is overdue'
    : `${policies === 1 ? '1 policy is' : `${policies} policies are`} overdue, ${mostOverdue} for ${hours.toFixed(1)} hours`

const describeMigrations = ({ ahead, foreign, migrations }: MigrationStatus): string => {
  const applied = migrations.filter(({ state }) => state === 'applied').length
  const others = migrations.filter(({ state }) => state !== 'applied').map(({ state, tag }) => `${tag} is ${state}`)
  const unknown = ahead.length + foreign.length > 0 ? [`${ahead.length + foreign.length} that this code does not have`] : []
  return [`${applied} of ${migrations.length} applied`, ...others, ...unknown].join(', ')
}

const describeHealth = ({
  database,
  latencyMs,
  migrations,
  newestBackupAt,
  newestRestoreTest,
  openEvents,
  overdueRetention: overdue,
  serverVersion,
}: PlatformStatus): string[][] => {
  const { blocked, cache, connections, databaseBytes, longTransactions, replicas } = database
  const blocks = cache.hits + cache.reads
  return [
    ['database', `PostgreSQL ${serverVersion}, answers in ${latencyMs} ms, ${bytesText(databaseBytes)}`],
    ['migrations', describeMigrations(migrations)],
    ['newest good backup', newestBackupAt?.replace(/\.\d+Z$/, 'Z') ?? 'none'],
    ['retention', describeRetention(overdue)],
    ...(newestRestoreTest ? [['newest restore test', `${newestRestoreTest.status} ${newestRestoreTest.finishedAt ?? ''}`]] : []),
    [
      'open events',
      Object.entries(openEvents)
        .map(([severity, count]) => `${count} ${severity}`)
        .join(', ') || 'none',
    ],
    [
      'connections',
      `${connections.used} of ${connections.maximum} in use, ${connections.active} active, ${connections.idleInTransaction} idle in a transaction`,
    ],
    ['locks', `${blocked.length} sessions wait, ${longTransactions.length} transactions of more than a minute`],
    ['cache', blocks === 0 ? 'not used yet' : `${percentText(cache.hits / blocks)} of the blocks found in memory`],
    [
      'readers',
      replicas
        .map(({ lagMilliseconds, name }) => `${name} ${lagMilliseconds === null ? 'unknown' : `${countText(lagMilliseconds)} ms`} behind`)
        .join(', ') || 'none',
    ],
  ]
}

const describeJobs = ({ jobs }: PlatformStatus): string =>
  alignColumns(
    jobs.map(({ job, lastRun }) => [job, lastRun?.status ?? 'never run', lastRun?.startedAt ?? '', lastRun?.error?.split('\n')[0] ?? '']),
  )

const describeSizes = ({ database: { tables } }: PlatformStatus): string =>
  alignColumns(tables.slice(0, 8).map(({ rows, table, totalBytes }) => [table, bytesText(totalBytes), `${countText(rows)} rows`]))

/** The few lines of `db setup --health`. */
export const describeShortly = (status: PlatformStatus): string =>
  [
    alignColumns([['status', status.status], ...describeHealth(status)]),
    ...Object.entries(status.database.notRead).map(([subject, reason]) => `${subject} could not be read: ${reason}\n`),
    describeRecommendations(status.recommendations.filter(({ severity }) => severity !== 'info')),
  ].join('')

/** One screen: health, jobs and sizes. */
export const describeStatus = (status: PlatformStatus): string =>
  [describeShortly(status), 'JOBS', describeJobs(status), 'LARGEST TABLES', describeSizes(status)].join('\n')
