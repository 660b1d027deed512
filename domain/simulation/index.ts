export { glidePath } from './glide-path.ts'
export { type Cohort, type HistoricalReplay, replayHistory, safeWithdrawalRate } from './historical-replay.ts'
export { mergeShards } from './merge.ts'
export { inPathOrder } from './path-order.ts'
export { type LedgerYear, simulatePath } from './path-ledger.ts'
export { type EndingWealth, ENGINE_VERSION, outputHash, type PortfolioReturn, type SimulationResult } from './result.ts'
export { inputHash, type PathEnds, type ShardResult, simulatePathEnds, simulateShard } from './shard.ts'
export { decodeShard, encodeShard } from './shard-codec.ts'
export { shardRanges, simulate, type SimulateOptions } from './simulate.ts'
export type { Market } from './market.ts'
export { createMarket } from './markets/create-market.ts'
export type {
  BlockBootstrapModel,
  BootstrapModel,
  HistoricalAsset,
  HistoricalReplayModel,
  HistoricalReturns,
  LognormalAsset,
  LognormalModel,
  Regime,
  RegimeModel,
  ReturnModel,
  ReturnMoments,
  StationaryBootstrapModel,
  StudentTModel,
} from './return-models.ts'
export { degreesOfFreedom, returnModelSchema } from './return-model-schema.ts'
export { returnRules } from './return-rules.ts'
export { ascendingIssues, flowTiming, percentiles, seed, stepsPerYear } from './spec-schema.ts'
export { type PortfolioAccount, SPEC_LIMITS, type SimulationSpec } from './spec.ts'
export { BLOCK_PATHS } from './stages.ts'
export { InvalidSpecError } from './invalid-spec-error.ts'
export { validateSpec } from './validate-spec.ts'
export { isKernelSpec } from './kernel/chunk.ts'
