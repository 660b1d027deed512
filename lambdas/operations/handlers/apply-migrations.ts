import * as z from 'zod'
import { connect } from '../../../db/connections.ts'
import { migrate, migrationStatus } from '../../../db/migrate/index.ts'
import { loadReferenceData } from '../../../db/reference-data/index.ts'
import { databaseLocation } from '../../runtime/database.ts'
import { readEnvironment } from '../../runtime/environment.ts'
import { logger } from '../../runtime/observability.ts'

const requestForm = z.discriminatedUnion('action', [
  z.strictObject({ action: z.literal('status') }),
  /** `snapshotId`: a snapshot of this database. Without one, only an empty database is migrated. */
  z.strictObject({ action: z.literal('apply'), snapshotId: z.string().min(1).optional() }),
])

export interface MigrationReport {
  /** Tags of migrations that are not applied yet. */
  readonly pending: readonly string[]
  /** No migration was ever applied, so there is no data to lose. */
  readonly isEmpty: boolean
  /** Tags of migrations that this call applied. */
  readonly applied: readonly string[]
}

/** Months of audit partitions that are made in advance, so that failures of the job that makes them do no harm for a while. */
const partitionMonthsAhead = 3

/** The caller asks again while another migrator is at work. */
const lockWaitSeconds = 5

/**
 * Lists the pending migrations, or applies them and brings reference data and partitions up to date. Runs inside the VPC, as
 * nestegg_owner. A second call changes nothing.
 */
export const handler = async (request: unknown): Promise<MigrationReport> => {
  const { action, ...options } = requestForm.parse(request)
  const location = databaseLocation(readEnvironment())
  if (action === 'status') {
    const { migrations, ahead } = await migrationStatus(location)
    const pending = migrations.filter(({ state }) => state !== 'applied').map(({ tag }) => tag)
    return { pending, isEmpty: pending.length === migrations.length && ahead.length === 0, applied: [] }
  }
  const snapshotId = 'snapshotId' in options ? options.snapshotId : undefined
  const backup = snapshotId
    ? async ({ tags }: { tags: readonly string[] }) => logger.info('Applying migrations', { tags, snapshotId })
    : 'none'
  const { applied } = await migrate(location, { backup, lockWaitSeconds })
  const owner = connect(location, 'nestegg_owner')
  try {
    await loadReferenceData(owner)
    await owner`select operations.make_audit_partitions(${partitionMonthsAhead})`
  } finally {
    await owner.end()
  }
  logger.info('The database is migrated', { applied })
  return { pending: [], isEmpty: false, applied }
}
