export { allocation, assetKey } from './allocation.ts'
export {
  comparisonRequest,
  previewRequest,
  sensitivityInput,
  sensitivityInputs,
  sensitivityRequest,
  solutionRequest,
  stressRequest,
} from './analyses.ts'
export {
  type Allocation,
  assumptionsDocument,
  type CapitalMarketAssumptions,
  readAllocation,
  readAssumptions,
  validateAssumptions,
} from './assumptions.ts'
export { amount } from './fields.ts'
export { inputSources, type InputType, inputValues, type PlanInput, planInputBody } from './plan-input.ts'
export { confidenceLevel, iterations, largeRunIterations, planningHorizonYears, riskLevel, shards } from './plan-terms.ts'
export { readPlanInput, schemaVersionOf, type StoredInput, tryPlanInput, type Upgrades } from './read-plan-input.ts'
export { type RequestedReturnModel, requestedReturnModel } from './return-model.ts'
