import { logger } from '../../runtime/observability.ts'
import { auditAnchors } from '../../runtime/object-store.ts'
import { runStepwiseJob } from '../../runtime/run-stepwise-job.ts'
import { lastMonth } from '../audit/months.ts'
import { verifyAuditTrail } from '../audit/verify.ts'
import { operationsJobs } from '../jobs.ts'

const namedFindings = 100

/** Fails if anything was changed, so that the alarm of failed jobs is raised. */
export const handler = runStepwiseJob(operationsJobs['verify-audit-trail'], async ({ hasTime, inStep }) => {
  const verification = await verifyAuditTrail({
    read: inStep,
    store: auditAnchors(),
    from: lastMonth(new Date()),
    hasTime,
    namedFindings,
  })
  const { findings, head, isComplete, isValid, moreFindings, unsealedRows, verifiedRows } = verification
  if (!isValid) {
    logger.error('the audit trail was changed', { findings, moreFindings })
    throw new Error(`The audit trail was changed: ${findings.length + moreFindings} findings. The first: ${findings[0]?.detail}`)
  }
  return { isComplete, verifiedRows, unsealedRows, seals: head?.number ?? 0 }
})
