import type { Context } from 'aws-lambda'
import type { Transaction } from '../../db/database.ts'
import { findSucceededJobRun, lockJob, recordJobRun } from '../../db/queries/operations/index.ts'
import { inTransaction } from './database.ts'
import type { Job } from './job.ts'
import { beginLogging, logger, traced } from './observability.ts'
export interface JobEvent {
  /** The time the schedule meant, RFC 3339: what makes two firings the same one. */
  readonly scheduledTime: string
}

export interface JobOutcome {
  readonly status: 'succeeded' | 'already-done'
  readonly result: Record<string, unknown>
}

/**
 * Makes a Lambda handler of a job. Schedules fire at least once, maybe late: firings of one job wait for each other under an
 * advisory lock, and the second for the same scheduled time does nothing. The work and the record of it commit together; a
 * failure is recorded in a transaction of its own and thrown on, so that the scheduler tries again and the alarm sees it.
 */
export const runJob =
  (job: Job, work: (transaction: Transaction) => Promise<Record<string, unknown>>) =>
  async (event: JobEvent, context: Context): Promise<JobOutcome> => {
    const { scheduledTime: scheduledFor } = event
    const requestId = context.awsRequestId
    beginLogging(context, { job: job.id, scheduledFor })
    const startedAt = new Date().toISOString()
    const identity = { requestId, route: job.id }
    const finish = (status: 'succeeded' | 'failed') => ({
      job: job.id,
      scheduledFor,
      status,
      startedAt,
      finishedAt: new Date().toISOString(),
    })
    try {
      return await traced(job.id, () =>
        inTransaction('nestegg_operator', identity, async transaction => {
          await lockJob(transaction, job.id)
          const done = await findSucceededJobRun(transaction, job.id, scheduledFor)
          if (done) return { status: 'already-done', result: done.result ?? {} }
          const result = await work(transaction)
          await recordJobRun(transaction, { ...finish('succeeded'), result })
          logger.info('job succeeded', { result })
          return { status: 'succeeded', result }
        }),
      )
    } catch (error) {
      logger.error('job failed', { error })
      const message = error instanceof Error ? error.message : String(error)
      await inTransaction('nestegg_operator', identity, transaction =>
        recordJobRun(transaction, { ...finish('failed'), error: message }),
      ).catch((recording: unknown) => logger.error('the failure could not be recorded', { error: recording }))
      throw error
    }
  }
