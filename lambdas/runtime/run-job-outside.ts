import * as z from 'zod'
import type { FunctionCaller } from '../../db/data-api.ts'
import type { FunctionPurpose } from '../../db/roles.ts'
import { databaseFunctions } from './database-functions.ts'
import type { PlatformJob } from './job.ts'
import { whenFired } from './run-job.ts'

const resultForm = z.object({ result: z.record(z.string(), z.json()).nullable() })

/** The time that is kept for the work after the last step, and for the record of the run. */
const reserveMilliseconds = 30_000

export interface OutsideWork {
  /** Calls the functions of the purpose over the Data API. */
  readonly functions: FunctionCaller
  /** As it came, with its scheduled time. */
  readonly event: unknown
  /** Whether there is time for another step. */
  readonly hasTime: () => boolean
}

/**
 * Makes a Lambda handler of a job that runs outside of the VPC and reaches the database by functions only. A second firing for the same
 * scheduled time does nothing once the first has succeeded.
 * @param purpose its role may execute operations.find_job_result and operations.record_job_end
 * @param work must be safe to repeat, and safe to run twice at the same time
 */
export const runJobOutside = (
  job: PlatformJob,
  purpose: FunctionPurpose,
  work: (given: OutsideWork) => Promise<Record<string, z.core.util.JSONType>>,
) => {
  const record = (run: object) => databaseFunctions(purpose).call('operations.record_job_end', { ...run }, { idempotent: true })
  return whenFired(
    job,
    async ({ context, ending, event, scheduledFor }) => {
      const functions = databaseFunctions(purpose, 90_000)
      const found = await functions.call('operations.find_job_result', { job: job.id, scheduledFor }, { idempotent: true })
      const { result: done } = resultForm.parse(found)
      if (done !== null) return { status: 'already-done', result: done }
      const result = await work({ functions, event, hasTime: () => context.getRemainingTimeInMillis() > reserveMilliseconds })
      await record({ ...ending('succeeded'), result })
      return { status: 'succeeded', result }
    },
    record,
  )
}
