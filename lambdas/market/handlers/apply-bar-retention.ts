import { applyBarRetention } from '../../../db/queries/market/bar-store.ts'
import { runStepwiseJob } from '../../runtime/run-stepwise-job.ts'
import { marketJobs } from '../jobs.ts'

export const handler = runStepwiseJob(marketJobs['apply-bar-retention'], async ({ hasTime, inStep }) => ({
  ...(await applyBarRetention(inStep, hasTime)),
}))
