import type { Transaction } from '../../db/database.ts'
import { markPlanRun, type Plan } from '../../db/queries/planning/plans.ts'
import { insertPlanOutputs, insertRun, type Run } from '../../db/queries/planning/runs.ts'
import { runHash, type RunResult, type Specification } from '../../domain/planning/index.ts'
import { outputRows } from './output-rows.ts'

/** A simulation that has ended. */
export interface SimulatedRun {
  readonly specification: Specification
  readonly provenance: { readonly planVersion: number; readonly inputIds: readonly string[] }
  readonly result: RunResult
  readonly shardCount: number
  readonly computationTimeMs: number
}

/** Stores a run of a plan that was simulated at once, with its main figures. */
export const storeRun = async (transaction: Transaction, plan: Plan, run: SimulatedRun): Promise<Run> => {
  const { computationTimeMs, provenance, result, shardCount, specification } = run
  const stored = await insertRun(transaction, {
    householdId: plan.householdId,
    planId: plan.id,
    planVersion: provenance.planVersion,
    status: 'succeeded',
    specification,
    provenance,
    engineVersion: result.engineVersion,
    randomSeed: BigInt(specification.seed),
    pathCount: specification.paths,
    shardCount,
    inputHash: runHash(specification),
    outputHash: runHash(result),
    result,
    computationTimeMs,
  })
  await insertPlanOutputs(transaction, outputRows(stored, result, provenance.inputIds))
  await markPlanRun(transaction, plan.id)
  return stored
}
