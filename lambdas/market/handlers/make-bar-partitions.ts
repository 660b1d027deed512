import { makeBarPartitions } from '../../../db/queries/market/bar-store.ts'
import { runJob } from '../../runtime/run-job.ts'
import { marketJobs } from '../jobs.ts'

export const handler = runJob(marketJobs['make-bar-partitions'], transaction => makeBarPartitions(transaction))
