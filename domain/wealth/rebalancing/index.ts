export { usualBand } from './bands.ts'
export { usualLocation } from './location.ts'
export { compareBudgets, rebalance } from './rebalance.ts'
export {
  type RebalancingAim,
  rebalancingAims,
  type RebalancingMode,
  rebalancingModes,
  type SkipReason,
  skipReasons,
  type TaxTreatment,
  taxTreatments,
  type TradeReason,
  tradeReasons,
} from './terms.ts'
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
export { treatmentOf } from './treatment.ts'
