export {
  addReversal,
  addSecurity,
  findBalance,
  type LedgerAccount,
  lockLedgerAccount,
  nextOccurrence,
  replaceSplits,
} from './entries.ts'
export { type Converted, convertBalances } from './convert-balances.ts'
export { findTransactionIds, type LabelChange, labelColumns, type LabelsBefore, relabel, restoreLabels, withIds } from './labels.ts'
export { ledgerRows, ledgerRowsWithBalances, type LedgerRow } from './ledger.ts'
export { countUses, type OwnCategory, ownCategoryRows, replaceCategory } from './own-categories.ts'
export { findTaxYear, type PersonInTaxYear, type TaxYear } from './tax-years.ts'
export { usesOfPerson } from './uses-of-person.ts'
export { areLotsCurrent, findLotChanges, type LotChange, lockLots, removeLotChanges } from './lot-changes.ts'
export { countLotTransactions, findLotElections, findSecurityLinks, readLotHistory } from './lot-history.ts'
export { findLotProblems, type StoredLotProblem } from './lot-problems.ts'
export { storeLots } from './store-lots.ts'
export {
  areGainsTaxed,
  type ClosingFilter,
  findLatestPrice,
  type ClosingPlace,
  listClosings,
  listLots,
  listPositions,
  type LotFilter,
  type LotPlace,
  type StoredClosing,
  type StoredLot,
  type StoredPosition,
  type StoredPositionPart,
} from './read-lots.ts'
export {
  findCoverage,
  findIdentical,
  findLongSales,
  findReplacements,
  findWatchedTrades,
  type SharesOfLoss,
  type StoredReplacement,
  type WatchedTrade,
} from './read-wash-sales.ts'
export {
  allowsAverageCost,
  findLotChoice,
  identicalSecurityRows,
  type LotChoiceRow,
  lotElectionRows,
  replaceLotChoice,
} from './lot-choices.ts'
export {
  findDefaultPortfolio,
  findModelWeights,
  findPortfolioVersion,
  insertPortfolioVersion,
  linkPortfolio,
  markOldestDefault,
  type Portfolio,
  portfolioRows,
  type PortfolioVersion,
  portfolioVersionRows,
  securityClassRows,
  unmarkDefault,
} from './portfolios.ts'
export {
  type BalanceOnDay,
  findHeldSymbols,
  findLastStatements,
  findLastTrades,
  findSecurityClasses,
  type LastTrade,
  type PricedSecurity,
  readBalancesOn,
  readCostParts,
  readPricedSecurities,
  type StoredCostPart,
} from './portfolio-holdings.ts'
export {
  findFollowedAccounts,
  findSecurityAccounts,
  type FollowedAccount,
  readDatedRates,
  readHistoryEvents,
  readStatedValues,
  readTransferHalves,
  type StatedValue,
} from './performance-ledger.ts'
export { type ClassCovariance, findClassCovariance, findTradedAccounts, type TradedAccount } from './rebalancing.ts'
