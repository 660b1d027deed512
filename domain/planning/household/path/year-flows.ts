/** One year of one path, in dollars of that year. Overwritten year after year. */
export interface YearFlows {
  /** Balances of all accounts at the start. */
  opening: number
  wages: number
  selfEmployment: number
  pensions: number
  investmentIncome: number
  otherIncome: number
  untaxedIncome: number
  socialSecurity: number
  /** Everything above from wages on, less what the earnings test withheld. */
  income: number
  /** Price less costs of properties sold. */
  propertyProceeds: number
  /** Taxed and reinvested: a part of the return. */
  dividends: number
  requiredDistributions: number
  /** Given to charity from IRAs: a part of what is spent, towards what is required, and no income. */
  charitableDistributions: number
  rothConversion: number
  /** What the spending rule, or before retirement the plan, wants spent, and the part of it that is essential. */
  spending: number
  essentialSpending: number
  /** Bits of SPENDING_REASON; 0 before retirement. */
  spendingReasons: number
  spendingPaid: number
  debtPayment: number
  debtPaid: number
  goalsWanted: number
  goalsPaid: number
  /** Contributions of the household, and of its employers. */
  contributions: number
  employerMatch: number
  withdrawals: number
  tax: number
  taxPaid: number
  /** Income that nothing needed: saved in the first taxable account, or spent. */
  surplusSaved: number
  surplusSpent: number
  /** Return before fees. */
  growth: number
  fees: number
  /** Balances of all accounts at the end. */
  closing: number
}

export function createYearFlows(): YearFlows {
  return {
    opening: 0,
    wages: 0,
    selfEmployment: 0,
    pensions: 0,
    investmentIncome: 0,
    otherIncome: 0,
    untaxedIncome: 0,
    socialSecurity: 0,
    income: 0,
    propertyProceeds: 0,
    dividends: 0,
    requiredDistributions: 0,
    charitableDistributions: 0,
    rothConversion: 0,
    spending: 0,
    essentialSpending: 0,
    spendingReasons: 0,
    spendingPaid: 0,
    debtPayment: 0,
    debtPaid: 0,
    goalsWanted: 0,
    goalsPaid: 0,
    contributions: 0,
    employerMatch: 0,
    withdrawals: 0,
    tax: 0,
    taxPaid: 0,
    surplusSaved: 0,
    surplusSpent: 0,
    growth: 0,
    fees: 0,
    closing: 0,
  }
}
