import { runHouseholdJob } from '../../runtime/run-household-job.ts'
import { wealthJobs } from '../jobs.ts'
import { refreshValues } from '../refresh-values.ts'

export const handler = runHouseholdJob(wealthJobs['refresh-values'], async (transaction, householdId) => ({
  dayCount: await refreshValues(transaction, householdId),
}))
