import { countBackupsWithoutProof, findNewestGoodBackup } from '../../../db/queries/operations/backups.ts'
import { listLastRuns } from '../../../db/queries/operations/job-status.ts'
import { countOpenEvents } from '../../../db/queries/operations/system-events.ts'
import { ok, serve } from '../../runtime/serve.ts'
import { operationsRoutes } from '../routes.ts'

export const handler = serve(operationsRoutes['get-attention'], async ({ transaction }) => {
  const openEvents = await countOpenEvents(transaction)
  const lastRuns = await listLastRuns(transaction)
  const newestGood = await findNewestGoodBackup(transaction)
  return ok({
    openEvents: Object.entries(openEvents).map(([severity, count]) => ({ severity, count })),
    failedJobs: lastRuns.filter(({ status }) => status === 'failed').map(({ job, startedAt }) => ({ job, startedAt })),
    newestGoodBackupAt: newestGood?.snapshotAt ?? null,
    newerBackupsWithoutProof: await countBackupsWithoutProof(transaction, newestGood?.startedAt ?? null),
  })
})
