import { runs } from '../../db/schema/planning/runs.ts'
import { defineTasks } from '../runtime/task.ts'
import { updates } from '../runtime/writes.ts'

/** The tasks of a large run: its shards are simulated separately, then merged into its result. A permanent error fails the run. */
export const planningTasks = defineTasks('planning', {
  'simulate-shard': {
    summary: 'Simulates one shard of a large run',
    backends: ['run-functions', 'simulation-store'],
    timeoutSeconds: 300,
    memoryMegabytes: 1769,
  },
  'merge-run': {
    summary: 'Merges the shards of a large run',
    backends: ['run-functions', 'simulation-store'],
    timeoutSeconds: 300,
    memoryMegabytes: 3008,
  },
  'end-stopped-run': {
    summary: 'Marks a large run as failed if its execution ended without a result',
    backends: ['database'],
    writes: [updates(runs, ['status', 'error', 'finishedAt'])],
    timeoutSeconds: 60,
    memoryMegabytes: 512,
  },
  'fail-run': {
    summary: 'Marks a large run as failed',
    backends: ['run-functions'],
    timeoutSeconds: 60,
    memoryMegabytes: 512,
  },
})

/** How often a task is tried again, and after which wait: each wait is twice the one before. */
export const taskRetries = { maximumRetries: 3, firstWaitSeconds: 1, backoffRate: 2 } as const

/** Largest number of shards of one run that are simulated at a time. */
export const concurrentShards = 20

/** Largest shard: its paths fit the memory of its function, and its steps (`simulatedSteps`), about 75 s, fit the time. */
export const largestShard = { paths: 50_000, steps: 50_000_000 } as const
