import * as z from 'zod'

/** Input of a large run's tasks: the run and its user. */
export const runEvent = z.object({ userId: z.uuid(), runId: z.uuid() })
export const shardEvent = runEvent.extend({ shardIndex: z.int().min(0) })
/** `stage` is the task that failed; `error` is Step Functions' own description, for the log. */
export const failureEvent = runEvent.extend({ stage: z.enum(['simulate-shard', 'merge-run']), error: z.unknown() })

/** Input of an execution: one item per shard. */
export type LargeRunExecution = z.infer<typeof runEvent> & { readonly shards: readonly number[] }

/** The keys of all runs in the store begin with this. */
export const runsPrefix = 'runs/'

/** Key of a shard's result in the store. */
export const shardKey = (runId: string, shardIndex: number): string => `${runsPrefix}${runId}/shards/${shardIndex}`
