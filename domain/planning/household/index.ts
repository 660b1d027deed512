export { type HouseholdIssue, InvalidHouseholdError } from './checklist.ts'
export { explainPath, type HouseholdLedgerYear, type LedgerAccount, type LedgerReason } from './explain.ts'
export { HOUSEHOLD_LIMITS } from './limits.ts'
export { mergeHouseholdShards } from './merge.ts'
export {
  type GoalResult,
  HOUSEHOLD_ENGINE_VERSION,
  type HouseholdResult,
  householdInputHash,
  householdOutputHash,
  type SamplePath,
  type TaxKind,
} from './result.ts'
export { type HouseholdShard, simulateHouseholdShard } from './shard.ts'
export { simulateHousehold } from './simulate.ts'
export type * from './spec.ts'
export { validateHousehold } from './validate.ts'
