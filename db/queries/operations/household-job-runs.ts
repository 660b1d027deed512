import { eq, sql } from 'drizzle-orm'
import type { Transaction } from '../../database.ts'
import { householdJobRuns } from '../../schema/operations/jobs.ts'

export interface JobHousehold {
  readonly id: string
  /** True if the job has not yet succeeded for this household at the scheduled time. */
  readonly isPending: boolean
}

export interface JobHouseholdsRequest {
  readonly job: string
  readonly scheduledFor: string
  /** The last household of the previous page; null for the first page. */
  readonly after: string | null
  readonly limit: number
}

/** One page of the platform's households, ordered by id. */
export const listJobHouseholds = async (
  transaction: Transaction,
  { after, job, limit, scheduledFor }: JobHouseholdsRequest,
): Promise<readonly JobHousehold[]> =>
  transaction.execute<{ id: string; isPending: boolean }>(sql`
    select household_id as id, not exists (
      select from operations.household_job_runs run
      where run.job = ${job} and run.scheduled_for = ${scheduledFor} and run.household_id = listed.household_id and run.status = 'succeeded'
    ) as "isPending"
    from operations.list_household_ids(${after}::uuid, ${limit}) as listed (household_id) order by household_id`)

/** The state of a job for the transaction's household. `deleted`: the household was deleted after it was listed. */
export const readHouseholdState = async (
  transaction: Transaction,
  { householdId, job, scheduledFor }: { readonly job: string; readonly scheduledFor: string; readonly householdId: string },
): Promise<'pending' | 'already-done' | 'deleted'> => {
  const [row] = await transaction.execute<{ state: 'pending' | 'already-done' }>(sql`
    select case when exists (
      select from operations.household_job_runs
      where job = ${job} and scheduled_for = ${scheduledFor} and household_id = household.id and status = 'succeeded'
    ) then 'already-done' else 'pending' end as state
    from identity.households household where household.id = ${householdId}`)
  return row?.state ?? 'deleted'
}

/** Records the outcome of a job for a household. It replaces a failure, never a success. */
export const recordHouseholdJobRun = async (transaction: Transaction, values: typeof householdJobRuns.$inferInsert): Promise<void> => {
  const { error, finishedAt, result, startedAt, status } = values
  await transaction
    .insert(householdJobRuns)
    .values(values)
    .onConflictDoUpdate({
      target: [householdJobRuns.job, householdJobRuns.scheduledFor, householdJobRuns.householdId],
      set: { error: error ?? null, finishedAt, result: result ?? null, startedAt, status },
      setWhere: eq(householdJobRuns.status, 'failed'),
    })
}
