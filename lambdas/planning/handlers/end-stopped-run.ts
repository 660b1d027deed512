import { failStoppedRun } from '../../../db/queries/planning/runs.ts'
import { inHouseholdTransaction } from '../../runtime/database.ts'
import { runTask } from '../../runtime/run-task.ts'
import { endedEvent } from '../large-run-events.ts'
import { planningTasks } from '../tasks.ts'

/** A failed execution has usually failed its run itself, with the reason. An execution that was stopped or timed out could not. */
export const handler = runTask(planningTasks['end-stopped-run'], endedEvent, ({ detail: { input } }, request) =>
  inHouseholdTransaction({ ...request, householdId: input.householdId }, async transaction => ({
    runStatus: (await failStoppedRun(transaction, input.runId)) ? 'failed' : 'unchanged',
  })),
)
