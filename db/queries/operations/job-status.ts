import { sql } from 'drizzle-orm'
import type { Transaction } from '../../database.ts'

export interface LastRun {
  readonly job: string
  readonly status: 'running' | 'succeeded' | 'failed'
  readonly startedAt: string
  readonly error: string | null
}

/** The newest run of each job that was ever run. A job of households has failed if it failed for one of them. */
export const listLastRuns = async (transaction: Transaction): Promise<LastRun[]> => {
  const rows = await transaction.execute<Record<string, unknown> & LastRun>(sql`
    with platform as (select distinct on (job) job, status, started_at, error from operations.job_runs order by job, started_at desc),
    households as (
      select job, case when bool_or(status = 'failed') then 'failed' else 'succeeded' end as status, max(started_at) as started_at,
        min(error) as error
      from operations.household_job_runs run
      where scheduled_for = (select max(scheduled_for) from operations.household_job_runs newest where newest.job = run.job) group by job
    )
    select job, status, to_char(started_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as "startedAt", error
    from (select * from platform union all select * from households) each order by job`)
  return [...rows]
}
