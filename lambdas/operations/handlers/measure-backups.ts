import { findNewestGoodBackup, findNewestRestoreTest } from '../../../db/queries/operations/backups.ts'
import { backupAge, restoreTestAge } from '../../runtime/metrics.ts'
import { publishAge } from '../../runtime/observability.ts'
import { runJob } from '../../runtime/run-job.ts'
import { operationsJobs } from '../jobs.ts'

/** Publishes the hours since a moment. Without one it publishes nothing, which raises the alarm as well. */
const publishSince = (metric: Parameters<typeof publishAge>[0], moment: string | null | undefined): number | null => {
  if (moment === null || moment === undefined) return null
  const hours = (Date.now() - Date.parse(moment)) / 3_600_000
  publishAge(metric, hours)
  return Math.round(hours * 100) / 100
}

/** Publishes how old the newest good backup is, and how long ago a test of a restore last found no fault. */
export const handler = runJob(operationsJobs['measure-backups'], async transaction => ({
  hours: publishSince(backupAge, (await findNewestGoodBackup(transaction))?.snapshotAt),
  hoursSinceRestoreTest: publishSince(restoreTestAge, (await findNewestRestoreTest(transaction, 'succeeded'))?.finishedAt),
}))
