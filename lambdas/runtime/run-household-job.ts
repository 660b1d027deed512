import type { Transaction } from '../../db/database.ts'
import {
  findSucceededJobRun,
  listJobHouseholds,
  lockJob,
  readHouseholdState,
  recordHouseholdJobRun,
  recordJobRun,
} from '../../db/queries/operations/index.ts'
import { inHouseholdTransaction, inTransaction } from './database.ts'
import { readEnvironment } from './environment.ts'
import type { HouseholdJob } from './job.ts'
import { logger } from './observability.ts'
import { type Firing, messageOf, whenFired } from './run-job.ts'

const householdsPerPage = 1_000

/** The time that is kept for the last household. Work that takes longer ends with the function, is rolled back, and is tried again. */
const longestReserveMilliseconds = 30_000
const reserveMilliseconds = ({ timeoutSeconds }: HouseholdJob): number => Math.min(longestReserveMilliseconds, timeoutSeconds * 250)

const namedIdsLimit = 100

/** A firing failed for a household, or did not start one. */
export class HouseholdsUnfinished extends Error {
  override readonly name = 'HouseholdsUnfinished'

  /** @param left at least this number of households were not started, because the time of the function was nearly over */
  constructor(failedIds: readonly string[], left: number) {
    const named = failedIds.slice(0, namedIdsLimit).join(', ')
    const more = failedIds.length > namedIdsLimit ? ` and ${failedIds.length - namedIdsLimit} more` : ''
    super(
      [
        ...(failedIds.length > 0 ? [`Failed for ${failedIds.length} households: ${named}${more}.`] : []),
        ...(left > 0 ? [`Not started for at least ${left} households: the time was nearly over.`] : []),
      ].join(' '),
    )
  }
}

type HouseholdWork = (transaction: Transaction, householdId: string) => Promise<Record<string, unknown>>

/**
 * Works on one household, unless that has already succeeded for this scheduled time. The work and its record commit together. Throws the
 * error of a failure.
 */
const workOn = async (
  job: HouseholdJob,
  { identity, scheduledFor }: Firing,
  householdId: string,
  work: HouseholdWork,
): Promise<'succeeded' | 'already-done' | 'deleted'> => {
  const run = { job: job.id, scheduledFor, householdId }
  const request = { householdId, requestId: identity.requestId, route: job.id }
  const startedAt = new Date().toISOString()
  try {
    return await inHouseholdTransaction(request, async transaction => {
      await lockJob(transaction, `${job.id}:${householdId}`)
      const state = await readHouseholdState(transaction, run)
      if (state !== 'pending') return state
      const result = await work(transaction, householdId)
      await recordHouseholdJobRun(transaction, { ...run, status: 'succeeded', startedAt, finishedAt: new Date().toISOString(), result })
      return 'succeeded'
    })
  } catch (error) {
    logger.error('job failed for a household', { householdId, error })
    const failure = { ...run, status: 'failed', startedAt, finishedAt: new Date().toISOString(), error: messageOf(error) } as const
    await inHouseholdTransaction(request, transaction => recordHouseholdJobRun(transaction, failure)).catch((recording: unknown) =>
      logger.error('the failure for a household could not be recorded', { householdId, error: recording }),
    )
    throw error
  }
}

/** Works on the items of `queue`, `concurrency` at a time, until it is empty or `goesOn` returns false. */
const drain = async (queue: string[], concurrency: number, goesOn: () => boolean, work: (item: string) => Promise<void>): Promise<void> => {
  const worker = async (): Promise<void> => {
    while (goesOn()) {
      const item = queue.shift()
      if (item === undefined) return
      await work(item)
    }
  }
  await Promise.all(Array.from({ length: concurrency }, worker))
}

/**
 * Makes a Lambda handler of a job that works on each household. Each household has its own transaction, which can read and write the rows
 * of that household only; `job.concurrency` of them run at a time. A second firing for the same scheduled time, or a retry, skips the
 * households that have succeeded. A failure for one does not stop the others. No household is started when the time of the function is
 * nearly over. Throws HouseholdsUnfinished at the end when a household failed or was not started, so that the scheduler tries again and
 * the alarm sees it.
 * @param work must change nothing outside of its transaction: it can run again for the same household
 */
export const runHouseholdJob = (job: HouseholdJob, work: HouseholdWork) =>
  whenFired(job, async firing => {
    const { context, ending, identity, scheduledFor } = firing
    const inOwnTransaction = <Result>(run: (transaction: Transaction) => Promise<Result>) =>
      inTransaction('nestegg_operator', identity, run)
    const done = await inOwnTransaction(transaction => findSucceededJobRun(transaction, job.id, scheduledFor))
    if (done) return { status: 'already-done', result: done.result ?? {} }

    const concurrency = Math.min(job.concurrency, readEnvironment().DATABASE_POOL_SIZE)
    const hasTime = () => context.getRemainingTimeInMillis() > reserveMilliseconds(job)
    const failedIds: string[] = []
    const count = { succeeded: 0, 'already-done': 0, deleted: 0 }
    let left = 0
    const listAfter = (after: string | null) =>
      inOwnTransaction(transaction => listJobHouseholds(transaction, { job: job.id, scheduledFor, after, limit: householdsPerPage }))
    for (let page = await listAfter(null); page.length > 0; page = await listAfter(page.at(-1)!.id)) {
      const pending = page.filter(({ isPending }) => isPending).map(({ id }) => id)
      count['already-done'] += page.length - pending.length
      await drain(pending, concurrency, hasTime, async householdId => {
        await workOn(job, firing, householdId, work).then(
          outcome => void (count[outcome] += 1),
          () => void failedIds.push(householdId),
        )
      })
      // The households of later pages are not counted: that would take the time that is over.
      left = pending.length
      if (left > 0) break
    }

    if (failedIds.length > 0 || left > 0) throw new HouseholdsUnfinished(failedIds, left)
    const result = { succeeded: count.succeeded, alreadyDone: count['already-done'] }
    await inOwnTransaction(transaction => recordJobRun(transaction, { ...ending('succeeded'), result }))
    return { status: 'succeeded', result }
  })
