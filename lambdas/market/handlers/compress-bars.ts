import { compressBars } from '../../../db/queries/market/bar-store.ts'
import { runStepwiseJob } from '../../runtime/run-stepwise-job.ts'
import { marketJobs } from '../jobs.ts'

export const handler = runStepwiseJob(marketJobs['compress-bars'], async ({ hasTime, inStep, record }) => ({
  ...(await compressBars(inStep, { goesOn: hasTime, record: (transaction, soFar) => record(transaction, { ...soFar }) })),
}))
