import { FILING } from './filing-status.ts'

/** One person's year, in dollars of that year. */
export interface PersonYear {
  /** Whether this person is on the household's return: alive, or died this year and still on the joint return. */
  onReturn: boolean
  /** On 31 December, as for the deductions at 65 or more: an age is reached on the day before the birthday, 26 CFR 1.151-1(c)(2). */
  age: number
  blind: boolean
  /** Whether Medicare premiums are due for the whole year. */
  onMedicare: boolean
  /** Wages subject to social insurance, before elective deferrals. */
  wages: number
  /** Net earnings from self-employment (Schedule SE, line 6), for the additional Medicare tax; as income they are counted in `otherIncome`. */
  selfEmploymentEarnings: number
  /** Taxable pensions and annuities. */
  pension: number
  /** Taxable withdrawals from tax-deferred accounts, including required ones. */
  taxDeferredWithdrawals: number
  /** Taxable amount converted to Roth accounts. */
  rothConversions: number
  socialSecurity: number
}

/**
 * The figures of a household's year that determine its tax, in dollars of that year. A simulation creates one with `createHouseholdYear` and overwrites it
 * on every path and year.
 */
export interface HouseholdYear {
  /** Calendar year, for figures that have a first or last year by law. */
  year: number
  /** Filing status as a position from FILING; it may change from year to year. */
  status: number
  /** On separate returns: whether the spouses lived apart all year, which changes how benefits are taxed. */
  livedApart: boolean
  /** Price level relative to the table's year, for figures that the law indexes. */
  priceIndex: number
  /** Average wage relative to the table's year, for the Social Security wage base. */
  wageIndex: number
  people: readonly [PersonYear, PersonYear]
  /** Taxable interest and ordinary dividends. */
  interest: number
  taxExemptInterest: number
  qualifiedDividends: number
  /** Net long-term gain; a loss is negative. */
  longTermGains: number
  /** Net short-term gain; a loss is negative. */
  shortTermGains: number
  /** Losses carried over from the year before, as positive amounts. */
  shortTermLossCarryover: number
  longTermLossCarryover: number
  /** Ordinary income that is neither wages nor investment income. */
  otherIncome: number
  /** Pre-tax elective deferrals, deductible IRA and HSA contributions. */
  deductibleContributions: number
  /** Itemized deductions other than state and local taxes. */
  itemizedDeductions: number
  stateAndLocalTaxesPaid: number
  /** Withdrawals from retirement accounts (and 529 earnings) with the additional tax of early withdrawal. */
  penalizedWithdrawals: number
  /** Withdrawals from health savings accounts before 65 for other than medical expenses; also counted in `otherIncome`. */
  penalizedHealthSavingsWithdrawals: number
  /** Modified AGI and filing status two years before, which determine Medicare's surcharges. */
  magiTwoYearsAgo: number
  statusTwoYearsAgo: number
}

const createPersonYear = (): PersonYear => ({
  onReturn: false,
  age: 0,
  blind: false,
  onMedicare: false,
  wages: 0,
  selfEmploymentEarnings: 0,
  pension: 0,
  taxDeferredWithdrawals: 0,
  rothConversions: 0,
  socialSecurity: 0,
})

/** An empty year of a single person of the table's year, to be filled in. */
export const createHouseholdYear = (year: number): HouseholdYear => ({
  year,
  status: FILING.single,
  livedApart: false,
  priceIndex: 1,
  wageIndex: 1,
  people: [{ ...createPersonYear(), onReturn: true }, createPersonYear()],
  interest: 0,
  taxExemptInterest: 0,
  qualifiedDividends: 0,
  longTermGains: 0,
  shortTermGains: 0,
  shortTermLossCarryover: 0,
  longTermLossCarryover: 0,
  otherIncome: 0,
  deductibleContributions: 0,
  itemizedDeductions: 0,
  stateAndLocalTaxesPaid: 0,
  penalizedWithdrawals: 0,
  penalizedHealthSavingsWithdrawals: 0,
  magiTwoYearsAgo: 0,
  statusTwoYearsAgo: FILING.single,
})
