export { accountTypes, type AccountType, isDebt, taxTypes, type TaxType } from './account-types.ts'
export { transactionCategories, type TransactionCategory } from './categories.ts'
export { balanceSources, cashlessTypes, type Provenance, provenances, transactionSources } from './ledger-terms.ts'
export {
  investmentTypes,
  type InvestmentType,
  movesNoMoney,
  needsQuantity,
  transactionTypes,
  type TransactionType,
} from './transaction-types.ts'
export {
  chargeKinds,
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
