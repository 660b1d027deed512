import { databaseFunctions } from '../../runtime/database-functions.ts'
import { runTask } from '../../runtime/run-task.ts'
import { failureEvent } from '../large-run-events.ts'
import { planningTasks } from '../tasks.ts'

/** For the run's owner to read; what exactly went wrong is in the log. */
const reasons = {
  'simulate-shard': 'A part of its paths could not be simulated, though tried again.',
  'merge-run': 'Its parts could not be put together, though tried again.',
} as const

export const handler = runTask(planningTasks['fail-run'], failureEvent, async ({ runId, stage, userId }, request) => {
  await databaseFunctions().call(
    'planning.fail_run',
    { runId, userId, error: reasons[stage], request: { ...request } },
    { idempotent: true },
  )
  return { runStatus: 'failed' }
})
