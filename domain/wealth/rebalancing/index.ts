export { compareBudgets, rebalance } from './rebalance.ts'
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
