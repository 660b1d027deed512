import { databaseLocation } from '../../runtime/database.ts'
import { backupStore } from '../../runtime/backup-store.ts'
import { readEnvironment } from '../../runtime/environment.ts'
import { runStepwiseJob } from '../../runtime/run-stepwise-job.ts'
import { readStore } from '../backups/catalogue.ts'
import { dataKeys } from '../backups/keys.ts'
import { verifyBackup } from '../backups/run.ts'
import { operationsJobs } from '../jobs.ts'

/** Restores the newest backup that was not verified yet into a scratch database and compares it. Only then it is good. */
export const handler = runStepwiseJob(operationsJobs['verify-backup'], async ({ inStep, remainingMilliseconds }) => {
  const environment = readEnvironment()
  const store = backupStore()
  const { backups } = await readStore(store)
  const chosen = backups.find(({ verifiedAt }) => verifiedAt === null)
  if (!chosen) return { id: null }
  const { dataLossMs, manifest, recoveryTimeMs } = await verifyBackup(
    {
      location: databaseLocation(environment),
      environment: environment.NESTEGG_ENVIRONMENT,
      store,
      keys: dataKeys(store),
      inTransaction: inStep,
      remainingMilliseconds,
    },
    chosen.id,
  )
  return { id: chosen.id, rows: manifest.rows, recoveryTimeMs, dataLossMs }
})
