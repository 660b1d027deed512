export { TRANSFER_DAYS } from './transfer-halves.ts'
export { compareMethods, countedGain, type SaleChoice } from './compare-methods.ts'
export {
  type AccountCoverage,
  type CoverageGap,
  washSaleCoverage,
  type WashSaleState,
  washSaleWindow,
} from './coverage.ts'
export { calculateLots, calculateLotsByFamily } from './calculate-lots.ts'
export { securityFamilies } from './families.ts'
export {
  dollarsOf,
  type LotChoice,
  type LotElection,
  lotEvents,
  type LotTransaction,
  methodBy,
  saleEvent,
} from './ledger-events.ts'
export { isOptionSymbol } from './options.ts'
export { ONE_SHARE, textOfUnits, unitsOf } from './quantities.ts'
export {
  type ClosingKind,
  closingKinds,
  type HoldingTerm,
  holdingTerms,
  type LotMethod,
  lotMethods,
  type LotOrigin,
  lotOrigins,
  type LotProblemKind,
  lotProblemKinds,
  lotProblems,
  type StandingMethod,
  standingMethods,
  type TransferOrigin,
  transferOrigins,
} from './terms.ts'
export {
  type Closing,
  type LotAccount,
  type LotEvent,
  type LotEventType,
  lotEventTypes,
  type LotHistory,
  type LotPick,
  type LotProblem,
  type LotResult,
  type OpenLot,
  type WashSale,
} from './types.ts'
export { usualSettlement } from './settlement.ts'
