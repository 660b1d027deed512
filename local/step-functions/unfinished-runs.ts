import { connect, type DatabaseLocation } from '../../db/connections.ts'
import type { LargeRunExecution } from '../../lambdas/planning/large-run-events.ts'

/**
 * The executions of all large runs that have not ended, oldest first. In AWS, executions survive their callers; on a laptop they end with
 * the platform, and the runs are the record of them. Reads as the superuser, because they belong to many households.
 */
export const unfinishedRuns = async (location: DatabaseLocation): Promise<readonly LargeRunExecution[]> => {
  const sql = connect(location, 'postgres')
  try {
    const runs = await sql<{ runId: string; householdId: string; userId: string; shardCount: number }[]>`
      select id as "runId", household_id as "householdId", created_by as "userId", shard_count as "shardCount" from planning.runs
      where status in ('queued', 'running') and created_by is not null order by created_at`
    return runs.map(({ shardCount, ...run }) => ({ ...run, shards: Array.from({ length: shardCount }, (_, index) => index) }))
  } finally {
    await sql.end()
  }
}
