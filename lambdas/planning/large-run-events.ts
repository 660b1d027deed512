import * as z from 'zod'

/** Input of a large run's tasks: the run and its user. */
export const runEvent = z.object({ userId: z.uuid(), runId: z.uuid() })
export const shardEvent = runEvent.extend({ shardIndex: z.int().min(0) })
/** `stage` is the task that failed; `error` is Step Functions' own description, for the log. */
export const failureEvent = runEvent.extend({ stage: z.enum(['simulate-shard', 'merge-run']), error: z.unknown() })

/** Input of an execution: one item per shard. The household is for the function that is called when the execution is stopped. */
export const largeRunExecution = runEvent.extend({ householdId: z.uuid(), shards: z.array(z.int()) })
export type LargeRunExecution = z.infer<typeof largeRunExecution>

/** The used part of EventBridge's event "Step Functions Execution Status Change". */
export const endedEvent = z.object({
  detail: z.object({
    status: z.enum(['FAILED', 'TIMED_OUT', 'ABORTED']),
    input: z
      .string()
      .transform((text): unknown => JSON.parse(text))
      .pipe(largeRunExecution),
  }),
})

/** The keys of all runs in the store begin with this. */
export const runsPrefix = 'runs/'

/** Key of a shard's result in the store. */
export const shardKey = (runId: string, shardIndex: number): string => `${runsPrefix}${runId}/shards/${shardIndex}`
