import { findNewestGoodBackup } from '../../../db/queries/operations/backups.ts'
import { publishBackupAge } from '../../runtime/observability.ts'
import { runJob } from '../../runtime/run-job.ts'
import { operationsJobs } from '../jobs.ts'

/** Publishes how old the newest good backup is. While there is none, it publishes nothing, which raises the alarm as well. */
export const handler = runJob(operationsJobs['measure-backups'], async transaction => {
  const snapshotAt = (await findNewestGoodBackup(transaction))?.snapshotAt ?? null
  if (snapshotAt === null) return { hours: null }
  const hours = (Date.now() - Date.parse(snapshotAt)) / 3_600_000
  publishBackupAge(hours)
  return { hours: Math.round(hours * 100) / 100 }
})
