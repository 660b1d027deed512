import { runHouseholdJob } from '../../runtime/run-household-job.ts'
import { wealthJobs } from '../jobs.ts'
import { recalculateLots } from '../recalculate-lots.ts'

export const handler = runHouseholdJob(wealthJobs['recalculate-lots'], async (transaction, householdId) => {
  const { symbolCount } = await recalculateLots(transaction, householdId)
  return { symbolCount }
})
