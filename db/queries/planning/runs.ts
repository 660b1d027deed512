import { eq, sql } from 'drizzle-orm'
import type { RunResult, Specification } from '../../../domain/planning/index.ts'
import type { Transaction } from '../../database.ts'
import { planOutputs, runs } from '../../schema/planning.ts'
import { type PageRequest, pageClauses } from '../paging.ts'

export type Run = Omit<typeof runs.$inferSelect, 'specification' | 'result'> & {
  readonly specification: Specification
  readonly result: RunResult
}
export type PlanOutput = typeof planOutputs.$inferSelect

/** A run without its bands, for lists. */
export type RunSummary = Omit<Run, 'specification' | 'result' | 'provenance'> & { readonly successProbability: number }

const summarySelection = {
  id: runs.id,
  userId: runs.userId,
  planId: runs.planId,
  planVersion: runs.planVersion,
  status: runs.status,
  engineVersion: runs.engineVersion,
  randomSeed: runs.randomSeed,
  pathCount: runs.pathCount,
  shardCount: runs.shardCount,
  inputHash: runs.inputHash,
  outputHash: runs.outputHash,
  computationTimeMs: runs.computationTimeMs,
  lastVerifiedAt: runs.lastVerifiedAt,
  lastVerificationMatched: runs.lastVerificationMatched,
  createdAt: runs.createdAt,
  updatedAt: runs.updatedAt,
  createdBy: runs.createdBy,
  updatedBy: runs.updatedBy,
  successProbability: sql<number>`(${runs.result} -> 'success' ->> 'probability')::float8`.mapWith(Number),
}

export const listRuns = (transaction: Transaction, planId: string, request: PageRequest): Promise<RunSummary[]> => {
  const { limit, orderBy, where } = pageClauses(runs.id, request, eq(runs.planId, planId))
  return transaction.select(summarySelection).from(runs).where(where).orderBy(orderBy).limit(limit)
}

export const findRun = async (transaction: Transaction, id: string): Promise<Run | undefined> => {
  const [row] = await transaction.select().from(runs).where(eq(runs.id, id))
  return row as Run | undefined
}

export const insertRun = async (transaction: Transaction, values: typeof runs.$inferInsert): Promise<Run> => {
  const [row] = await transaction.insert(runs).values(values).returning()
  return row as Run
}

export const markRunVerified = async (transaction: Transaction, id: string, matched: boolean): Promise<Run> => {
  const [row] = await transaction
    .update(runs)
    .set({ lastVerifiedAt: sql`now()`, lastVerificationMatched: matched })
    .where(eq(runs.id, id))
    .returning()
  return row as Run
}

export const insertPlanOutputs = async (transaction: Transaction, values: (typeof planOutputs.$inferInsert)[]): Promise<void> => {
  await transaction.insert(planOutputs).values(values)
}

export const listPlanOutputs = (transaction: Transaction, planId: string, request: PageRequest): Promise<PlanOutput[]> => {
  const { limit, orderBy, where } = pageClauses(planOutputs.id, request, eq(planOutputs.planId, planId))
  return transaction.select().from(planOutputs).where(where).orderBy(orderBy).limit(limit)
}
