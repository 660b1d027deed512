export { type Cohort, type HistoricalReplay, replayHistory, safeWithdrawalRate } from './historical-replay.ts'
export { mergeShards } from './merge.ts'
export { type LedgerYear, simulatePath } from './path-ledger.ts'
export { type EndingWealth, ENGINE_VERSION, outputHash, type PortfolioReturn, type SimulationResult } from './result.ts'
export { inputHash, type ShardResult, simulateShard } from './shard.ts'
export { shardRanges, simulate } from './simulate.ts'
export {
  type BootstrapAsset,
  type BootstrapModel,
  type LognormalAsset,
  type LognormalModel,
  SPEC_LIMITS,
  type SimulationSpec,
} from './spec.ts'
export { InvalidSpecError, type SpecIssue, validateSpec } from './validate-spec.ts'
