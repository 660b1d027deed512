export { accountTypes, type AccountType, isDebt, taxTypes, type TaxType } from './account-types.ts'
export { transactionCategories, type TransactionCategory } from './categories.ts'
export { type Fingerprinted, fingerprintOf } from './fingerprint.ts'
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
export { hideNumber } from './files/account-number.ts'
export { type CsvDetection, detectCsv } from './files/csv/detect-csv.ts'
export { csvMeanings, type CsvMeaning } from './files/csv/meanings.ts'
export { csvLines, ownCsvHeader, writeCsv } from './files/csv/own-csv.ts'
export {
  csvProfile,
  type CsvProfile,
  csvProfileChange,
  type CsvProfileChange,
  csvRowKinds,
  csvSigns,
} from './files/csv/profile.ts'
export { type CsvContent, type CsvItem, readCsv, streamCsv } from './files/csv/read-csv.ts'
export { Findings } from './files/findings.ts'
export { writeJson } from './files/json/own-json.ts'
export { accountTypeOfPlaid } from './files/json/plaid-accounts.ts'
export { categoryOfPlaid } from './files/json/plaid-rows.ts'
export { isPlaid, readPlaid } from './files/json/read-plaid.ts'
export { categoryOfLabel } from './files/labels.ts'
export { type OfxExport, writeOfx } from './files/ofx/write-ofx.ts'
export { type FileOptions, findFormat, largestFileBytes, readFile } from './files/read-file.ts'
