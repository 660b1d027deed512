export { compareBudgets, rebalance } from './rebalance.ts'
export {
  type RebalancingAim,
  rebalancingAims,
  type RebalancingMode,
  rebalancingModes,
  type SkipReason,
  skipReasons,
  type TaxTreatment,
  type TradeReason,
  tradeReasons,
} from './terms.ts'
export { treatmentOf } from './treatment.ts'
export type {
  AccountCash,
  Band,
  ClassWeight,
  ProposedTrade,
  RebalancingAccount,
  RebalancingHolding,
  RebalancingInput,
  RebalancingLot,
  RebalancingProposal,
  RebalancingRules,
  RebalancingSecurity,
  RebalancingTarget,
  RebalancingTargets,
  Skip,
  SoldLot,
  WashSaleContext,
} from './types.ts'
