import { randomUUID } from 'node:crypto'
import { listPolicyDues } from '../../../db/queries/operations/retention/policies.ts'
import { overdueRetention } from '../../../domain/operations/index.ts'
import { inRetentionTransaction } from '../../runtime/database.ts'
import { backupStore } from '../../runtime/backup-store.ts'
import { publishOverdueRetention } from '../../runtime/observability.ts'
import { runStepwiseJob } from '../../runtime/run-stepwise-job.ts'
import { operationsJobs } from '../jobs.ts'
import { runDuePolicies } from '../retention/run-due.ts'

const job = operationsJobs['run-retention']

export const handler = runStepwiseJob(job, async ({ hasTime, inStep, record }) => {
  const request = { requestId: randomUUID(), route: job.id }
  const policies = await runDuePolicies(new Date(), {
    inRetention: work => inRetentionTransaction(request, work),
    hasTime,
    store: backupStore,
  })
  publishOverdueRetention(overdueRetention(await inStep(listPolicyDues), Date.now()))
  await inStep(transaction => record(transaction, { policies }))
  const failed = policies.filter(({ status }) => status === 'failed')
  if (failed.length > 0) throw new Error(failed.map(({ error, policy }) => `The retention policy ${policy} failed: ${error}`).join(' '))
  return { policies }
})
