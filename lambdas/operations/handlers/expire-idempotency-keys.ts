import { deleteExpiredIdempotencyKeys } from '../../../db/queries/operations/operations.ts'
import { runJob } from '../../runtime/run-job.ts'
import { operationsJobs } from '../jobs.ts'

export const handler = runJob(operationsJobs['expire-idempotency-keys'], async transaction => ({
  deleted: await deleteExpiredIdempotencyKeys(transaction),
}))
