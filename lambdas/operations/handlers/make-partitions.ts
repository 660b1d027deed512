import { makeAuditPartitions } from '../../../db/queries/operations/operations.ts'
import { runJob } from '../../runtime/run-job.ts'
import { operationsJobs } from '../jobs.ts'

export const handler = runJob(operationsJobs['make-partitions'], async transaction => ({ made: await makeAuditPartitions(transaction, 3) }))
