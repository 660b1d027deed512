import type { TransactionType } from './transaction-types.ts'

/** How tax reports count an investment transaction. */
export const taxCategories = [
  'ordinary_dividend',
  'qualified_dividend',
  'interest',
  'capital_gain',
  'contribution',
  'distribution',
  'return_of_capital',
] as const
export type TaxCategory = (typeof taxCategories)[number]

const byType: Partial<Record<TransactionType, TaxCategory>> = {
  interest: 'interest',
  sell: 'capital_gain',
  cover: 'capital_gain',
  contribution: 'contribution',
  withdrawal: 'distribution',
  return_of_capital: 'return_of_capital',
}

/** The tax category that follows from a transaction; null for one that tax reports do not count. */
export const taxCategoryOf = (type: TransactionType, isQualified?: boolean | null): TaxCategory | null =>
  type === 'dividend' || type === 'reinvestment' ? (isQualified ? 'qualified_dividend' : 'ordinary_dividend') : (byType[type] ?? null)
