import type { Context } from 'aws-lambda'
import type * as z from 'zod'
import { describeError, measuring, noteEvent } from './noted-events.ts'
import { beginLogging, logger, traced } from './observability.ts'
import { recorderFor, recordNoted } from './record-events.ts'
import type { Task } from './task.ts'

/** The invocation, as input of SQL functions, for the audit trail. */
export interface TaskRequest {
  readonly requestId: string
  readonly route: string
}

/**
 * Makes a Lambda handler of a task: checks its event, logs, and throws errors on, so that the invoker tries again. `work` must be
 * idempotent: it can run twice for one event. A failure is also a system event.
 */
export const runTask =
  <Event extends z.ZodType>(task: Task, schema: Event, work: (event: z.output<Event>, request: TaskRequest) => Promise<object>) =>
  async (event: unknown, context: Context): Promise<object> => {
    const requestId = context.awsRequestId
    const measured = measuring()
    beginLogging(context, { task: task.id, requestId })
    try {
      const parsed = schema.parse(event)
      const result = await traced(task.id, () => work(parsed, { requestId, route: task.id }))
      logger.info('task done', { event: parsed, result })
      return result
    } catch (error) {
      logger.error('task failed', { event, error })
      noteEvent({
        ...describeError(error),
        ...measured(),
        eventType: 'error',
        eventCategory: task.domain === 'planning' ? 'simulation' : 'operations',
        severity: 'error',
        component: task.id,
      })
      throw error
    } finally {
      await recordNoted(recorderFor(task.backends, 'nestegg_operator'))
    }
  }
