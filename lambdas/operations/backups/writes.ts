import { backups, restores } from '../../../db/schema/operations/backups.ts'
import { inserts, updates } from '../../runtime/writes.ts'

/** The records of restores. */
export const restoreWrites = [
  inserts(restores),
  updates(restores, ['status', 'finishedAt', 'recoveryPoint', 'recoveryTimeMs', 'dataLossMs', 'result', 'error']),
]

/** The records of backups and restores. */
export const backupWrites = [
  inserts(backups),
  updates(backups, ['status', 'finishedAt', 'snapshotAt', 'rows', 'sizeBytes', 'contentBytes', 'manifestSha256', 'verifiedAt', 'error']),
  ...restoreWrites,
]
