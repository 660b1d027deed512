import { databaseFunctions } from '../../runtime/database-functions.ts'
import { runTask } from '../../runtime/run-task.ts'
import { failureEvent } from '../large-run-events.ts'
import { planningTasks } from '../tasks.ts'

/** The message for the run's owner. The exact error is in the log. */
const reasons = {
  'simulate-shard': 'A part of the paths could not be simulated, after several attempts.',
  'merge-run': 'The parts could not be merged, after several attempts.',
} as const

export const handler = runTask(planningTasks['fail-run'], failureEvent, async ({ runId, stage, userId }, request) => {
  await databaseFunctions().call(
    'planning.fail_run',
    { runId, userId, error: reasons[stage], request: { ...request } },
    { idempotent: true },
  )
  return { runStatus: 'failed' }
})
