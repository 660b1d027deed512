export {
  addReversal,
  addSecurity,
  findBalance,
  type LedgerAccount,
  lockLedgerAccount,
  nextOccurrence,
  replaceSplits,
} from './entries.ts'
export { findTransactionIds, type LabelChange, labelColumns, type LabelsBefore, relabel, restoreLabels, withIds } from './labels.ts'
export { ledgerRows, ledgerRowsWithBalances, type LedgerRow } from './ledger.ts'
export { countUses, type OwnCategory, ownCategoryRows, replaceCategory } from './own-categories.ts'
export { usesOfPerson } from './uses-of-person.ts'
