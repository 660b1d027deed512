import { failAbandonedRuns } from '../../../db/queries/planning/runs.ts'
import { runJob } from '../../runtime/run-job.ts'
import { planningJobs } from '../jobs.ts'

export const handler = runJob(planningJobs['fail-abandoned-runs'], async transaction => ({ failed: await failAbandonedRuns(transaction) }))
