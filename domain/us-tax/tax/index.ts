export { annualTax, marginalTaxRate } from './annual-tax.ts'
export { incomeToFillBracket, incomeToFillMedicareTier } from './fill.ts'
export { type ByStatus, everyStatus, FILING, type FilingStatus, filingStatuses } from './filing-status.ts'
export { createHouseholdYear, type HouseholdYear, type PersonYear } from './household-year.ts'
export { medicareTier, medicareTierTop } from './medicare.ts'
export { type PreparedTax, prepareTax } from './prepare.ts'
export { coveredStates, stateTableFor } from './tables/states/index.ts'
export { type StateTable, stateTable } from './tables/states/state-table.ts'
export { latestTaxYear, taxTableFor, taxTables } from './tables/index.ts'
export type { TaxTable } from './tables/table.ts'
export { createTaxResult, type TaxResult } from './tax-result.ts'
export {
  type GainsTax,
  gainsTax,
  type GainsTaxFact,
  gainsTaxFacts,
  missingForGainsTax,
  type StatedPerson,
  type StatedReturn,
  type TermGains,
} from './gains-tax.ts'
