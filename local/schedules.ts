import { randomUUID } from 'node:crypto'
import { Cron } from 'croner'
import type { Job } from '../lambdas/runtime/job.ts'
import { logger } from '../lambdas/runtime/observability.ts'
import type { JobEvent } from '../lambdas/runtime/run-job.ts'
import { lambdaContext } from './api-event.ts'
import { loadHandler } from './load-handler.ts'

/** Runs a job now, as its schedule would at `scheduledTime`. */
export const fireJob = async (job: Job, scheduledTime: string): Promise<unknown> => {
  const handler = await loadHandler<JobEvent, unknown>(job)
  return handler({ scheduledTime }, lambdaContext(job.id.replace('/', '-'), randomUUID(), job.timeoutSeconds))
}

/**
 * Runs every job on its schedule (UTC) until closed. A failed job has recorded its failure; here it is logged, and runs again at the next
 * scheduled time.
 */
export const startSchedules = (jobs: readonly Job[]): { close(): void } => {
  const timers = jobs.map(
    job =>
      new Cron(job.schedule, { timezone: 'UTC', protect: true }, async timer => {
        const due = timer.currentRun() ?? new Date()
        due.setUTCSeconds(0, 0)
        await fireJob(job, due.toISOString()).catch((error: unknown) => logger.error('a scheduled job failed', { job: job.id, error }))
      }),
  )
  return { close: () => timers.forEach(timer => timer.stop()) }
}
