/** The flows of one year of one path, in dollars of that year. Overwritten every year. */
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
  /** Sum of the incomes above from wages on, less benefits withheld by the earnings test. */
  income: number
  /** Sale prices less costs of the properties sold. */
  propertyProceeds: number
  /** Taxed and reinvested; part of the return. */
  dividends: number
  requiredDistributions: number
  /** Gifts from IRAs to charity: part of the spending, counted towards required distributions, and no income. */
  charitableDistributions: number
  rothConversion: number
  /** Spending that the spending rule wants, or before retirement the plan, and its essential part. */
  spending: number
  essentialSpending: number
  /** Bits of SPENDING_REASON; 0 before retirement. */
  spendingReasons: number
  spendingPaid: number
  debtPayment: number
  debtPaid: number
  goalsWanted: number
  goalsPaid: number
  /** Contributions paid by the household, and by its employers. */
  contributions: number
  employerMatch: number
  withdrawals: number
  tax: number
  taxPaid: number
  /** Surplus income: saved in the first taxable account, or spent. */
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
