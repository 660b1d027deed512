/** A household's tax for a year, in dollars of that year: estimates, hence floats. Each call that gets it overwrites it. */
export interface TaxResult {
  /** Long-term gains, net of losses, and qualified dividends. */
  preferentialIncome: number
  /** Net capital gain of both terms, or the loss that may be deducted this year, as a negative amount. */
  netCapitalGains: number
  shortTermLossCarryover: number
  longTermLossCarryover: number
  taxableSocialSecurity: number
  adjustedGrossIncome: number
  /** Adjusted gross income and tax-exempt interest: the income that Medicare uses in two years. */
  modifiedAdjustedGrossIncome: number
  /** Standard or itemized, and the senior deduction. */
  deduction: number
  taxableIncome: number
  /** Income taxed at ordinary rates; negative by the deductions left over before any preferential income. */
  ordinaryIncomeAfterDeduction: number
  ordinaryTax: number
  /** On preferential income. */
  capitalGainsTax: number
  netInvestmentIncomeTax: number
  /** Employee's Social Security and Medicare tax, with the additional Medicare tax. */
  payrollTax: number
  earlyWithdrawalTax: number
  stateTax: number
  /** Medicare's income-related surcharges of all persons. */
  medicareSurcharge: number
  /** Sum of all the above. It does not include Medicare's standard premium. */
  total: number
  /** Standard Part B premium of all persons on Medicare: spending rather than tax. */
  medicarePremium: number
  /** Statutory ordinary rate of the next dollar of taxable income. */
  bracketRate: number
  /** Ordinary taxable income that still fits into that bracket, including deductions left over. Infinite in the top bracket. */
  roomInBracket: number
  /** Modified AGI that still fits into this year's Medicare tier, at this year's thresholds. Infinite in the top tier. */
  roomInMedicareTier: number
}

export const createTaxResult = (): TaxResult => ({
  preferentialIncome: 0,
  netCapitalGains: 0,
  shortTermLossCarryover: 0,
  longTermLossCarryover: 0,
  taxableSocialSecurity: 0,
  adjustedGrossIncome: 0,
  modifiedAdjustedGrossIncome: 0,
  deduction: 0,
  taxableIncome: 0,
  ordinaryIncomeAfterDeduction: 0,
  ordinaryTax: 0,
  capitalGainsTax: 0,
  netInvestmentIncomeTax: 0,
  payrollTax: 0,
  earlyWithdrawalTax: 0,
  stateTax: 0,
  medicareSurcharge: 0,
  total: 0,
  medicarePremium: 0,
  bracketRate: 0,
  roomInBracket: 0,
  roomInMedicareTier: 0,
})
