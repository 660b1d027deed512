import { householdRows } from '../../../db/queries/identity/index.ts'
import { takeSnapshots } from '../../../db/queries/wealth/valuations.ts'
import { addDays } from '../../../domain/shared/index.ts'
import { runHouseholdJob } from '../../runtime/run-household-job.ts'
import { todayIn } from '../../runtime/today.ts'
import { wealthJobs } from '../jobs.ts'

export const handler = runHouseholdJob(wealthJobs['take-balance-snapshots'], async (transaction, householdId) => {
  const household = await householdRows.find(transaction, householdId)
  return { stored: household ? await takeSnapshots(transaction, householdId, addDays(todayIn(household.timezone), -1)) : 0 }
})
