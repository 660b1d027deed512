import { and, eq, getTableColumns, inArray, sql } from 'drizzle-orm'
import type { RunResult } from '../../../domain/planning/index.ts'
import type { Transaction } from '../../database.ts'
import { planOutputs, runs, runShards } from '../../schema/planning/runs.ts'
import { type PageRequest, pageClauses } from '../paging.ts'

export type Run = Omit<typeof runs.$inferSelect, 'result'> & {
  /** Null until it has succeeded. */
  readonly result: RunResult | null
  /** Paths simulated so far. */
  readonly completedPaths: number
}
export type PlanOutput = typeof planOutputs.$inferSelect

/** A run without its bands, for lists. */
export type RunSummary = Omit<Run, 'specification' | 'result' | 'provenance'> & { readonly successProbability: number | null }

/** Counted from the shards that are done, so that none counts twice. */
const completedPaths = sql<number>`case when ${runs.status} = 'succeeded' then ${runs.pathCount} else (
  select coalesce(sum(${runShards.toPath} - ${runShards.fromPath}), 0)::integer
  from ${runShards} where ${runShards.runId} = ${runs.id} and ${runShards.status} = 'succeeded') end`.mapWith(Number)

const { provenance: _provenance, result: _result, specification: _specification, ...summaryColumns } = getTableColumns(runs)

const summarySelection = {
  ...summaryColumns,
  completedPaths,
  successProbability: sql<number | null>`(${runs.result} -> 'success' ->> 'probability')::float8`,
}

export const listRuns = (transaction: Transaction, planId: string, request: PageRequest): Promise<RunSummary[]> => {
  const { limit, orderBy, where } = pageClauses(runs.id, request, eq(runs.planId, planId))
  return transaction.select(summarySelection).from(runs).where(where).orderBy(orderBy).limit(limit)
}

export const findRun = async (transaction: Transaction, id: string): Promise<Run | undefined> => {
  const [row] = await transaction
    .select({ ...getTableColumns(runs), completedPaths })
    .from(runs)
    .where(eq(runs.id, id))
  return row as Run | undefined
}

/** A run that was simulated in the request that made it. */
export const insertRun = async (transaction: Transaction, values: typeof runs.$inferInsert): Promise<Run> => {
  const [row] = await transaction
    .insert(runs)
    .values({ ...values, startedAt: sql`now()`, finishedAt: sql`clock_timestamp()` })
    .returning()
  return { ...row, completedPaths: values.pathCount } as Run
}

export const markRunVerified = async (transaction: Transaction, id: string, matched: boolean): Promise<string> => {
  const [row] = await transaction
    .update(runs)
    .set({ lastVerifiedAt: sql`now()`, lastVerificationMatched: matched })
    .where(eq(runs.id, id))
    .returning({ verifiedAt: runs.lastVerifiedAt })
  return row!.verifiedAt!
}

/** Ends a run that is under way; one that has ended stays as it is. */
export const cancelRun = async (transaction: Transaction, id: string): Promise<void> => {
  await transaction
    .update(runs)
    .set({ status: 'cancelled', finishedAt: sql`now()` })
    .where(and(eq(runs.id, id), inArray(runs.status, ['queued', 'running'])))
}

/** Fails what an operator may: runs that have not ended an hour after they were queued. Returns how many. */
export const failAbandonedRuns = async (transaction: Transaction): Promise<number> => {
  const failed = await transaction.execute(sql`
    update planning.runs set status = 'failed', error = 'It was not finished within an hour.', finished_at = now()
    where status in ('queued', 'running') and created_at < now() - interval '1 hour' returning id`)
  return failed.length
}

export const insertPlanOutputs = async (transaction: Transaction, values: (typeof planOutputs.$inferInsert)[]): Promise<void> => {
  await transaction.insert(planOutputs).values(values)
}

export const listPlanOutputs = (transaction: Transaction, planId: string, request: PageRequest): Promise<PlanOutput[]> => {
  const { limit, orderBy, where } = pageClauses(planOutputs.id, request, eq(planOutputs.planId, planId))
  return transaction.select().from(planOutputs).where(where).orderBy(orderBy).limit(limit)
}
