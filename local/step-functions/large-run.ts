import { setTimeout as delay } from 'node:timers/promises'
import type { LargeRunExecution } from '../../lambdas/planning/large-run-events.ts'
import { planningTasks, taskRetries } from '../../lambdas/planning/tasks.ts'
import type { Task } from '../../lambdas/runtime/task.ts'
import type { Workers } from './workers.ts'

/** Invokes a task, with the retries of the state machine. */
const withRetries = async (workers: Workers, task: Task, event: unknown): Promise<unknown> => {
  const { backoffRate, firstWaitSeconds, maximumRetries } = taskRetries
  for (let retry = 0; ; retry += 1) {
    try {
      return await workers.invoke(task, event)
    } catch (error) {
      if (retry === maximumRetries) throw error
      await delay(1000 * firstWaitSeconds * backoffRate ** retry, undefined, { ref: false })
    }
  }
}

/**
 * The state machine of large runs (lib/constructs/simulation-fan-out.ts): shards in parallel, then the merge. If one of them fails, the run
 * fails.
 */
export const executeLargeRun = async (workers: Workers, { runId, shards, userId }: LargeRunExecution): Promise<void> => {
  const run = { runId, userId }
  let stage: 'simulate-shard' | 'merge-run' = 'simulate-shard'
  try {
    await Promise.all(shards.map(shardIndex => withRetries(workers, planningTasks['simulate-shard'], { ...run, shardIndex })))
    stage = 'merge-run'
    await withRetries(workers, planningTasks['merge-run'], run)
  } catch (cause) {
    const error = { Error: 'States.TaskFailed', Cause: cause instanceof Error ? cause.message : String(cause) }
    await withRetries(workers, planningTasks['fail-run'], { ...run, stage, error })
  }
}
