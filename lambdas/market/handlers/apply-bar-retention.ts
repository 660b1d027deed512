import { applyBarRetention } from '../../../db/queries/market/bar-store.ts'
import { runJob } from '../../runtime/run-job.ts'
import { marketJobs } from '../jobs.ts'

export const handler = runJob(marketJobs['apply-bar-retention'], transaction => applyBarRetention(transaction))
