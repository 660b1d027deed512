import type { Transaction } from '../../db/database.ts'
import { beginJobRun, findSucceededJobRun, recordJobRun } from '../../db/queries/operations/index.ts'
import { inTransaction } from './database.ts'
import type { PlatformJob } from './job.ts'
import { noteEvent } from './noted-events.ts'
import { logger } from './observability.ts'
import { whenFired } from './run-job.ts'

/** The time that is kept for the step in work and for the record of the run. */
const reserveMilliseconds = ({ timeoutSeconds }: PlatformJob): number => Math.min(60_000, timeoutSeconds * 500)

export interface Steps {
  /** The time for which the schedule fired. */
  readonly scheduledFor: string
  /** Runs one step in a transaction of its own. */
  readonly inStep: <Result>(work: (transaction: Transaction) => Promise<Result>) => Promise<Result>
  /** Whether there is time for another step. */
  readonly hasTime: () => boolean
  /** The time until the function is stopped. */
  readonly remainingMilliseconds: () => number
  /** Records in a step's transaction what the run has done so far: it stays recorded if the function is stopped. */
  readonly record: (transaction: Transaction, soFar: Record<string, unknown>) => Promise<void>
}

/**
 * Makes a Lambda handler of a job that works on the whole platform in many short transactions, so that requests never wait long for its
 * locks. What a step has done stays done when a later one fails. A second firing for the same scheduled time does nothing once the first
 * has succeeded. The next run logs a run that was stopped before its end.
 * @param work must be safe to repeat, and safe to run twice at the same time
 */
export const runStepwiseJob = (job: PlatformJob, work: (steps: Steps) => Promise<Record<string, unknown>>) =>
  whenFired(job, async ({ context, ending, identity, scheduledFor }) => {
    const inStep: Steps['inStep'] = run => inTransaction('nestegg_operator', identity, run)
    const done = await inStep(transaction => findSucceededJobRun(transaction, job.id, scheduledFor))
    if (done) return { status: 'already-done', result: done.result ?? {} }
    const { startedAt } = ending('succeeded')
    const begun = { job: job.id, scheduledFor, startedAt: startedAt! }
    const stopped = await inStep(transaction => beginJobRun(transaction, begun, job.timeoutSeconds))
    for (const run of stopped) {
      logger.warn('an earlier run was stopped before its end', { startedAt: run.startedAt, soFar: run.result })
      noteEvent({
        eventType: 'job',
        eventCategory: 'operations',
        severity: 'warning',
        component: job.id,
        message: 'An earlier run of the job was stopped before its end.',
        additionalData: { startedAt: run.startedAt, scheduledFor: run.scheduledFor },
      })
    }
    const result = await work({
      scheduledFor,
      inStep,
      remainingMilliseconds: () => context.getRemainingTimeInMillis(),
      hasTime: () => context.getRemainingTimeInMillis() > reserveMilliseconds(job),
      record: (transaction, soFar) => recordJobRun(transaction, { ...begun, status: 'running', result: soFar }),
    })
    await inStep(transaction => recordJobRun(transaction, { ...ending('succeeded'), result }))
    return { status: 'succeeded', result }
  })
