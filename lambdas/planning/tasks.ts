import { defineTasks } from '../runtime/task.ts'

/** What a large run is made of: its shards, simulated apart, are merged into its result; what goes wrong for good fails it. */
export const planningTasks = defineTasks('planning', {
  'simulate-shard': {
    summary: 'Simulates one shard of a large run',
    backends: ['database-functions', 'simulation-store'],
    timeoutSeconds: 300,
    memoryMegabytes: 1769,
  },
  'merge-run': {
    summary: 'Puts the shards of a large run together',
    backends: ['database-functions', 'simulation-store'],
    timeoutSeconds: 300,
    memoryMegabytes: 3008,
  },
  'fail-run': {
    summary: 'Marks a large run as failed',
    backends: ['database-functions'],
    timeoutSeconds: 60,
    memoryMegabytes: 512,
  },
})

/** How often a task is tried again, and after how long: the second wait is twice the first, and so on. */
export const taskRetries = { maximumRetries: 3, firstWaitSeconds: 1, backoffRate: 2 } as const

/** Shards of one run under way at once. */
export const concurrentShards = 20

/** A run's shards have at most so many paths each, so that one fits the memory and the time of its function whatever the horizon. */
export const largestShardPaths = 50_000
