import * as z from 'zod'

/** What a large run's tasks are told: whose run it is, and which. */
export const runEvent = z.object({ userId: z.uuid(), runId: z.uuid() })
export const shardEvent = runEvent.extend({ shardIndex: z.int().min(0) })
/** `stage` is the task that failed; `error` is Step Functions' own description, for the log. */
export const failureEvent = runEvent.extend({ stage: z.enum(['simulate-shard', 'merge-run']), error: z.unknown() })

/** Input of an execution: an item a shard. */
export type LargeRunExecution = z.infer<typeof runEvent> & { readonly shards: readonly number[] }

/** Where a shard's result lies in the store. */
export const shardKey = (runId: string, shardIndex: number): string => `runs/${runId}/shards/${shardIndex}`
