import type { Context } from 'aws-lambda'
import * as z from 'zod'
import type { Transaction } from '../../db/database.ts'
import { findSucceededJobRun, lockJob, recordJobRun } from '../../db/queries/operations/index.ts'
import { inTransaction, type RequestIdentity } from './database.ts'
import type { Job, PlatformJob } from './job.ts'
import { describeError, measuring, noteEvent } from './noted-events.ts'
import { beginLogging, countRun, logger, traced } from './observability.ts'
import { recorderFor, recordNoted } from './record-events.ts'

/** `scheduledTime`: RFC 3339. Two firings with the same time are the same firing. */
const jobEvent = z.object({ scheduledTime: z.iso.datetime({ offset: true }) })
export type JobEvent = Readonly<z.infer<typeof jobEvent>>

export interface JobOutcome {
  readonly status: 'succeeded' | 'already-done'
  readonly result: Record<string, unknown>
}

/** One firing of a job. */
export interface Firing {
  readonly scheduledFor: string
  readonly identity: RequestIdentity
  readonly context: Context
  /** As it came, with its scheduled time. */
  readonly event: unknown
  /** The record of the job run, which ends now. */
  readonly ending: (status: 'succeeded' | 'failed') => Parameters<typeof recordJobRun>[1]
}

/**
 * The message of the innermost cause: the driver's message has the reason; the outer one, of drizzle, repeats the statement and its values.
 */
export const messageOf = (error: unknown): string => {
  if (!(error instanceof Error)) return String(error)
  return error.cause === undefined ? error.message : messageOf(error.cause)
}

/** The scheduled time identifies a firing. Without it, a second delivery would do the work again. */
const scheduledTimeOf = (job: Job, event: unknown): string => {
  const read = jobEvent.safeParse(event)
  if (read.success) return read.data.scheduledTime
  logger.error('the event of a job is not valid', { job: job.id, event })
  throw new TypeError(`The event of ${job.id} must have a "scheduledTime", such as 2026-01-31T03:15:00Z. Nothing was done.`)
}

/** Records the end of a run that has failed. */
type RecordFailure = (run: ReturnType<Firing['ending']>, identity: RequestIdentity) => Promise<unknown>

const recordInTransaction: RecordFailure = (run, identity) =>
  inTransaction('nestegg_operator', identity, transaction => recordJobRun(transaction, run))

/**
 * Makes a Lambda handler from the work of a firing. Adds the firing to its log lines. Records a failure in a separate transaction, also as a
 * system event, then throws it on, so that the scheduler tries again and the alarm sees it.
 */
export const whenFired =
  (job: Job, run: (firing: Firing) => Promise<JobOutcome>, recordFailure = recordInTransaction) =>
  async (event: JobEvent, context: Context): Promise<JobOutcome> => {
    const scheduledFor = scheduledTimeOf(job, event)
    const identity = { requestId: context.awsRequestId, route: job.id }
    beginLogging(context, { job: job.id, scheduledFor })
    const startedAt = new Date().toISOString()
    const startedMs = performance.now()
    const measured = measuring()
    const ending: Firing['ending'] = status => ({ job: job.id, scheduledFor, status, startedAt, finishedAt: new Date().toISOString() })
    try {
      const outcome = await traced(job.id, () => run({ scheduledFor, identity, context, event, ending }))
      countRun(job.id, true, performance.now() - startedMs)
      logger.info(`job ${outcome.status}`, { result: outcome.result })
      return outcome
    } catch (error) {
      countRun(job.id, false, performance.now() - startedMs)
      logger.error('job failed', { error })
      await recordFailure({ ...ending('failed'), error: messageOf(error) }, identity).catch((recording: unknown) =>
        logger.error('the failure could not be recorded', { error: recording }),
      )
      noteEvent({
        ...describeError(error),
        ...measured(),
        eventType: 'job',
        eventCategory: 'operations',
        severity: 'error',
        component: job.id,
      })
      throw error
    } finally {
      await recordNoted(recorderFor(job.backends, 'nestegg_operator'))
    }
  }

/**
 * Makes a Lambda handler of a job that works on the whole platform. A schedule fires at least once and can be late. Firings of one job
 * wait for each other with an advisory lock, and a second firing for the same scheduled time does nothing. The work and its record commit
 * together.
 */
export const runJob = (job: PlatformJob, work: (transaction: Transaction) => Promise<Record<string, unknown>>) =>
  whenFired(job, ({ ending, identity, scheduledFor }) =>
    inTransaction('nestegg_operator', identity, async transaction => {
      await lockJob(transaction, job.id)
      const done = await findSucceededJobRun(transaction, job.id, scheduledFor)
      if (done) return { status: 'already-done', result: done.result ?? {} }
      const result = await work(transaction)
      await recordJobRun(transaction, { ...ending('succeeded'), result })
      return { status: 'succeeded', result }
    }),
  )
