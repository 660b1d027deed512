export {
  type AccountBasis,
  accountBases,
  type BasisAccount,
  type BasisGapKind,
  basisGapKinds,
  basisGaps,
  type BasisPosition,
} from './account-basis.ts'
export { balanceFault, balanceSourcesOf, minorUnitFault, taxTypesOf } from './account-rules.ts'
export { accountTypes, type AccountType, isDebt, taxTypes, type TaxType } from './account-types.ts'
export { sharesFault } from './beneficiaries.ts'
export { estateOf } from './estate.ts'
export { type BeneficiaryKind, beneficiaryKinds, type BeneficiaryRank, beneficiaryRanks } from './estate-types.ts'
export { bridgeCurrencies, type Exchange, exchangeBy, rateAgeDays, type RateOnDate } from './exchange-rates.ts'
export {
  aprKinds,
  type CardRate,
  type LiabilityDetails,
  type LiabilityKind,
  liabilityKinds,
  liabilitySources,
  rateTypes,
} from './liability-terms.ts'
export { goalProgress } from './goal-progress.ts'
export { type GoalKind, goalKinds, goalStatuses } from './goal-types.ts'
export { balanceAgeDays, isStaleBalance } from './staleness.ts'
export { trendDates, type TrendInterval, trendIntervals } from './trend-dates.ts'
export { connectionStates, type ConnectionState } from './connection-states.ts'
export { transactionCategories, type TransactionCategory } from './categories.ts'
export { type EntryAccount, entryFaults, entryFaultsIn, type LedgerEntry, type SecurityFields } from './entries.ts'
export { type Fingerprinted, fingerprintOf, fingerprintOfReversal, shortestDecimal } from './fingerprint.ts'
export {
  type BalanceSource,
  balanceSources,
  cashlessTypes,
  contributionSources,
  type ContributionSource,
  type Provenance,
  provenances,
  transactionSources,
  valuationSources,
} from './ledger-terms.ts'
export { splitTransaction, type SplitPart } from './splits.ts'
export { taxCategories, type TaxCategory, taxCategoryOf } from './tax-categories.ts'
export {
  investmentTypes,
  type InvestmentType,
  transactionTypes,
  type TransactionType,
} from './transaction-types.ts'
export {
  fileFormats,
  type FileAccount,
  type FileCharges,
  type FileContent,
  type FileFormat,
  type FileHolding,
  type FileSplit,
  type FileTransaction,
  type RejectedRow,
  type SplitRatio,
} from './files/rows.ts'
export * from './recurring/index.ts'
export * from './rules/index.ts'
export * from './transfers/index.ts'
export {
  findDuplicates,
  type Identified,
  idKeyOf,
  keysOf,
  type RowKey,
  similarDays,
  type StoredTransaction,
  type Verdict,
} from './duplicates.ts'
export { type CsvDetection, detectCsv } from './files/csv/detect-csv.ts'
export { csvMeanings, type CsvMeaning } from './files/csv/meanings.ts'
export { writeCsv } from './files/csv/own-csv.ts'
export {
  type CsvProfile,
  csvProfileChange,
  type CsvProfileChange,
} from './files/csv/profile.ts'
export { type CsvContent, type CsvItem, readCsv, streamCsv } from './files/csv/read-csv.ts'
export { Findings } from './files/findings.ts'
export { writeJson } from './files/json/own-json.ts'
export { accountTypeOfPlaid } from './files/json/plaid-accounts.ts'
export { categoryOfPlaid } from './files/json/plaid-rows.ts'
export { type OfxExport, writeOfx } from './files/ofx/write-ofx.ts'
export { type FileOptions, findFormat, readFile } from './files/read-file.ts'
export * from './lots/index.ts'
export * from './performance/index.ts'
export * from './tax-reports/index.ts'
export * from './portfolios/index.ts'
export { healthAreas, type HealthCheck, healthChecks, severities, subjectKinds } from './data-health/checks.ts'
export {
  rebalancingAims,
  rebalancingModes,
  skipReasons,
  tradeReasons,
} from './rebalancing/terms.ts'
export { type DatedRate, ratesByDay } from './rates-by-day.ts'
