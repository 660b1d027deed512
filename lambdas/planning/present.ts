import { successInterval, tryPlanInput } from '../../domain/planning/index.ts'
import type { AssumptionSet, PortfolioModel } from '../../db/queries/planning/assumptions.ts'
import type { Plan, PlanInputRow } from '../../db/queries/planning/plans.ts'
import type { PlanVersion } from '../../db/queries/planning/versions.ts'
import type { PlanOutput, Run, RunSummary } from '../../db/queries/planning/runs.ts'
import type { ReadState } from './plan-state.ts'

const nullableNumber = (text: string | null): number | null => (text === null ? null : Number(text))

export const presentAssumptionSetSummary = (row: AssumptionSet) => ({
  id: row.id,
  published: row.householdId === null,
  householdId: row.householdId,
  version: row.version,
  name: row.name,
  description: row.description,
  isActive: row.isActive,
  status: row.status,
  effectiveDate: row.effectiveDate,
  effectiveUntil: row.effectiveUntil,
  approvedAt: row.approvedAt,
  approvedBy: row.approvedBy,
  source: row.source,
  methodology: row.methodology,
  reviewDate: row.reviewDate,
  createdAt: row.createdAt,
  updatedAt: row.updatedAt,
})

export const presentAssumptionSet = (row: AssumptionSet) => ({
  ...presentAssumptionSetSummary(row),
  rowVersion: row.rowVersion,
  assumptions: row.assumptions,
})

export const presentPortfolioModel = (row: PortfolioModel) => ({
  id: row.id,
  published: row.householdId === null,
  householdId: row.householdId,
  cmaId: row.cmaId,
  name: row.name,
  riskLevel: row.riskLevel,
  description: row.description,
  isActive: row.isActive,
  assetAllocation: row.assetAllocation,
  expectedReturn: Number(row.expectedReturn),
  volatility: Number(row.volatility),
  sharpeRatio: nullableNumber(row.sharpeRatio),
  rowVersion: row.rowVersion,
  createdAt: row.createdAt,
  updatedAt: row.updatedAt,
})

export const presentPlan = (row: Plan) => ({
  id: row.id,
  householdId: row.householdId,
  name: row.name,
  description: row.description,
  status: row.status,
  version: row.version,
  parentPlanId: row.parentPlanId,
  cmaId: row.cmaId,
  portfolioModelId: row.portfolioModelId,
  monteCarloIterations: row.monteCarloIterations,
  randomSeed: String(row.randomSeed),
  planningHorizonYears: row.planningHorizonYears,
  stepsPerYear: row.stepsPerYear,
  asOfDate: row.asOfDate,
  confidenceLevel: Number(row.confidenceLevel),
  lastRunAt: row.lastRunAt,
  completedAt: row.completedAt,
  tags: row.tags,
  category: row.category,
  createdAt: row.createdAt,
  updatedAt: row.updatedAt,
})

/** Its value as one of today; one that cannot be read is shown as it was stored, with what is wrong with it. */
const readingOf = (row: PlanInputRow) => {
  const reading = tryPlanInput(row)
  return 'input' in reading
    ? { inputValue: reading.input.inputValue, isValid: true, validationErrors: null }
    : { inputValue: row.inputValue, isValid: false, validationErrors: reading.issues }
}

export const presentPlanInput = (row: PlanInputRow) => ({
  id: row.id,
  planId: row.planId,
  inputType: row.inputType,
  inputName: row.inputName,
  ...readingOf(row),
  dataSource: row.dataSource,
  confidenceScore: nullableNumber(row.confidenceScore),
  version: row.version,
  createdAt: row.createdAt,
})

export const presentRunSummary = (row: Omit<RunSummary, 'householdId' | 'updatedAt' | 'createdBy' | 'updatedBy'>) => ({
  id: row.id,
  planId: row.planId,
  planVersion: row.planVersion,
  status: row.status,
  engineVersion: row.engineVersion,
  randomSeed: String(row.randomSeed),
  pathCount: row.pathCount,
  shardCount: row.shardCount,
  inputHash: row.inputHash,
  outputHash: row.outputHash,
  computationTimeMs: row.computationTimeMs,
  completedPaths: row.completedPaths,
  error: row.error,
  startedAt: row.startedAt,
  finishedAt: row.finishedAt,
  successProbability: row.successProbability,
  lastVerifiedAt: row.lastVerifiedAt,
  lastVerificationMatched: row.lastVerificationMatched,
  createdAt: row.createdAt,
})

/** Around the success probability, at the plan's own level of confidence when it was run. */
const intervalOf = ({ provenance, result }: Pick<Run, 'provenance' | 'result'>) => {
  const { confidenceLevel } = provenance as { confidenceLevel: number }
  return result && successInterval(result.success.count, result.paths, confidenceLevel)
}

export const presentRun = (row: Omit<Run, 'householdId' | 'updatedAt' | 'createdBy' | 'updatedBy'>) => ({
  ...presentRunSummary({ ...row, successProbability: row.result?.success.probability ?? null }),
  provenance: row.provenance,
  successInterval: intervalOf(row),
  result: row.result,
})

export const presentPlanOutput = (row: PlanOutput) => ({
  id: row.id,
  planId: row.planId,
  runId: row.runId,
  outputType: row.outputType,
  outputName: row.outputName,
  outputValue: row.outputValue,
  confidenceIntervalLower: nullableNumber(row.confidenceIntervalLower),
  confidenceIntervalUpper: nullableNumber(row.confidenceIntervalUpper),
  standardDeviation: nullableNumber(row.standardDeviation),
  algorithmVersion: row.algorithmVersion,
  computationTimeMs: row.computationTimeMs,
  createdAt: row.createdAt,
})

export const presentPlanVersionSummary = (row: Omit<PlanVersion, 'state'>) => ({
  version: row.version,
  change: row.change,
  fromVersion: row.fromVersion,
  createdAt: row.createdAt,
  createdBy: row.createdBy,
})

export const presentPlanVersion = (row: Omit<PlanVersion, 'state'> & { readonly state: ReadState }) => ({
  ...presentPlanVersionSummary(row),
  plan: { ...row.state.plan, confidenceLevel: Number(row.state.plan.confidenceLevel) },
  inputs: row.state.inputs.map(input => ({ ...input, confidenceScore: nullableNumber(input.confidenceScore) })),
})
