import { householdRows } from '../../../db/queries/identity/index.ts'
import { lastDayOfMonth, monthOf, previousMonth } from '../../../domain/shared/index.ts'
import { runHouseholdJob } from '../../runtime/run-household-job.ts'
import { todayIn } from '../../runtime/today.ts'
import { planningJobs } from '../jobs.ts'
import { followPlans } from '../month-ends.ts'

export const handler = runHouseholdJob(planningJobs['follow-accounts'], async (transaction, householdId) => {
  const household = await householdRows.find(transaction, householdId)
  if (!household) return { followed: 0, notFollowed: 0 }
  return followPlans(transaction, householdId, lastDayOfMonth(previousMonth(monthOf(todayIn(household.timezone)))))
})
