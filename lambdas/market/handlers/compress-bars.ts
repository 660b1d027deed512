import { compressBars } from '../../../db/queries/market/bar-store.ts'
import { runJob } from '../../runtime/run-job.ts'
import { marketJobs } from '../jobs.ts'

export const handler = runJob(marketJobs['compress-bars'], async transaction => ({ moved: await compressBars(transaction) }))
