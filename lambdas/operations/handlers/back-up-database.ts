import { databaseLocation } from '../../runtime/database.ts'
import { removableBackups } from '../../runtime/backup-store.ts'
import { readEnvironment } from '../../runtime/environment.ts'
import { runStepwiseJob } from '../../runtime/run-stepwise-job.ts'
import { dataKeys } from '../backups/keys.ts'
import { makeBackup, pruneBackups } from '../backups/run.ts'
import { operationsJobs } from '../jobs.ts'

/** Makes the backup of the night. It is not good yet: `verify-backup` restores it. Then removes backups that are no longer kept. */
export const handler = runStepwiseJob(operationsJobs['back-up-database'], async ({ inStep, remainingMilliseconds }) => {
  const environment = readEnvironment()
  const store = removableBackups()
  const keys = dataKeys(store)
  const { contentBytes, durationMs, id, rows, sizeBytes } = await makeBackup(
    {
      location: databaseLocation(environment),
      environment: environment.NESTEGG_ENVIRONMENT,
      store,
      keys,
      inTransaction: inStep,
      remainingMilliseconds,
    },
    'schedule',
  )
  const { expired, unfinished } = await pruneBackups({ keys, inTransaction: inStep }, { store, dryRun: false, now: new Date() })
  return { id, rows, contentBytes, sizeBytes, durationMs, removed: expired.length, removedUnfinished: unfinished.length }
})
