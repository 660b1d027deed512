import { makeBarPartitions } from '../../../db/queries/market/bar-store.ts'
import { runStepwiseJob } from '../../runtime/run-stepwise-job.ts'
import { marketJobs } from '../jobs.ts'

export const handler = runStepwiseJob(marketJobs['make-bar-partitions'], async ({ hasTime, inStep }) => ({
  ...(await makeBarPartitions(inStep, hasTime)),
}))
