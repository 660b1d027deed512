import * as z from 'zod'
import { databaseFunctions } from '../../runtime/database-functions.ts'
import { runTask } from '../../runtime/run-task.ts'
import { failureEvent } from '../large-run-events.ts'
import { planningTasks } from '../tasks.ts'

/** The message for the run's owner. The exact error is in the log. */
const reasons = {
  'simulate-shard': 'A part of the paths could not be simulated, after several attempts.',
  'merge-run': 'The parts could not be merged, after several attempts.',
} as const

/** The answer of planning.fail_run. */
const answer = z.object({ failed: z.boolean() })

export const handler = runTask(planningTasks['fail-run'], failureEvent, async ({ runId, stage, userId }, request) => {
  const document = { runId, userId, error: reasons[stage], request: { ...request } }
  const { failed } = answer.parse(await databaseFunctions('runs').call('planning.fail_run', document, { idempotent: true }))
  // A run that has ended stays as it is, and so does one that the user may no longer change: `end-stopped-run` fails that one.
  return { runStatus: failed ? 'failed' : 'unchanged' }
})
