export { explainPath, type HouseholdLedgerYear, type LedgerAccount, type LedgerReason } from './explain.ts'
export { HOUSEHOLD_LIMITS } from './limits.ts'
export { type CountedShard, countHouseholdShard } from './counted-shard.ts'
export { createCountedMerge, type ShardMerge } from './merge-counted.ts'
export { mergeHouseholdShards } from './merge.ts'
export { pathEnds } from './path-ends.ts'
export {
  FAILURE_CAUSES,
  type GoalResult,
  HOUSEHOLD_ENGINE_VERSION,
  type HouseholdResult,
  householdInputHash,
  householdOutputHash,
  type SamplePath,
} from './result.ts'
export { type HouseholdShard, simulateHouseholdShard } from './shard.ts'
export { simulateHousehold } from './simulate.ts'
export type * from './spec.ts'
export type { TaxKind } from './path/taxes.ts'
export { validateHousehold } from './validate.ts'
export { YEARLY_FLOWS, type YearlyFlows } from './yearly-flows.ts'
export {
  compareOutcomes,
  compareScenarios,
  horizonWarning,
  outcomesOf,
  type PathOutcomes,
  pathOutcomes,
  type ScenarioComparison,
} from './compare.ts'
export type { Estimate } from './paired-statistics.ts'
export { type HeatMap, heatMap } from './heat-map.ts'
export { sensitivities, type Sensitivity } from './sensitivities.ts'
export { createGridMerge, type GridResult, type GridShard, simulateGridShard } from './sensitivity-grid.ts'
export { SENSITIVITY_INPUTS, type SensitivityInput } from './sensitivity-inputs.ts'
export { type BestClaimingAges, bestClaimingAges, type ClaimingAges } from './solvers/claiming.ts'
export { type BestConversion, bestRothConversion, type ConversionChoice, type ConversionSearch } from './solvers/conversions.ts'
export { type EarliestRetirement, earliestRetirement } from './solvers/retirement.ts'
export { REQUIRED_SAVING_DEFINITIONS, type RequiredSaving, requiredSaving } from './solvers/saving.ts'
export { highestSustainableSpending, type SustainableSpending } from './solvers/spending.ts'
export { type Stress, type StressResult, stressed, stressTests } from './stresses.ts'
