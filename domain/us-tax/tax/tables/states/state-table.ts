import { type ByStatus, everyStatus } from '../../filing-status.ts'
import type { Brackets } from '../table.ts'

/** A figure by income: points joined by straight lines, level before the first and after the last; two points at one income are a step. */
export type IncomePoints = readonly (readonly [income: number, figure: number])[]

/** Whose measure of income a rule looks at: federal adjusted gross income, or the state's own as far as its form has come by then. */
type IncomeMeasure = 'federal' | 'state'

/** What depends on income: a share that is left of something, or an amount. */
export interface ByIncome {
  readonly income: IncomeMeasure
  readonly points: ByStatus<IncomePoints>
}

/** Takes `rate` of each dollar of income above `from`. */
export interface Reduction {
  readonly income: IncomeMeasure
  readonly from: ByStatus<number>
  readonly rate: number
}

/**
 * A state's income tax as far as planning needs it: brackets on federal adjusted gross income, with the state's own deductions, exemptions
 * and exclusions. Left out are local income taxes, itemizing at the state and adding back state taxes that the federal return itemizes,
 * credits for low incomes, minimum taxes, and the rules that let spouses be taxed apart on one return: a joint return is taxed on its whole
 * income. What else a row leaves out, it says.
 */
export interface StateTable {
  /** Year the figures are of. */
  readonly year: number
  readonly source: string
  readonly brackets: Brackets
  /**
   * Whether the state's brackets, deductions and exclusions follow prices; otherwise they stay in dollars of `year`. Where a state indexes
   * only a part, this is what it does with its brackets, or with its standard deduction where there is one rate.
   */
  readonly indexed: boolean
  /** What the brackets apply to: all income, or long-term gains only. */
  readonly base: 'income' | 'longTermGains'
  /** Taxable income up to which nothing is due at all. */
  readonly taxFreeUpTo: number

  /** Standard deduction, with the personal exemptions that every return of the status has. */
  readonly deduction: ByStatus<number>
  /** Further deduction for each person of 65 or more. */
  readonly agedDeduction: ByStatus<number>
  /** Share left of both. */
  readonly deductionLeft: ByIncome | null
  /** Federal deductions that the state takes over: the standard one, the senior one, or the whole: the itemized one where greater, and the senior one. */
  readonly federalDeduction: 'none' | 'standard' | 'senior' | 'whole'
  /** Instead of being deducted, deductions bring a credit at a rate, less a reduction. */
  readonly deductionCredit: (Reduction & { readonly creditRate: number }) | null
  /** Personal exemptions that phase out otherwise than the deduction. */
  readonly exemption: ByStatus<number>
  readonly exemptionLeft: ByIncome | null
  /** Further exemption for each person of 65 or more, all together less a reduction. */
  readonly agedExemption: number
  readonly agedExemptionReduction: Reduction | null
  /** Federal income tax deducted: a share of it up to a cap, of which a share is left. */
  readonly federalTaxDeduction: {
    readonly share: ByIncome | null
    readonly cap: ByStatus<number>
    readonly capLeft: ByIncome | null
  } | null

  /** Whether the federally taxable part of Social Security benefits is taxed. */
  readonly taxesSocialSecurity: boolean
  /** Where it is: the share left out nevertheless, for persons from an age on. */
  readonly socialSecurityLeftOut: (ByIncome & { readonly fromAge: number }) | null
  /** Where it is: it is left out, less a reduction. */
  readonly socialSecurityReduction: Reduction | null

  /** Shares of net gains and of qualified dividends that are left out, and the amount of net long-term gains that is, if greater. */
  readonly longTermGainsExcluded: number
  readonly shortTermGainsExcluded: number
  readonly qualifiedDividendsExcluded: number
  readonly longTermGainsExemptUpTo: number
  /** Brackets of net long-term gains, which stack on other income; those of other income where there are none. */
  readonly longTermGains: Brackets | null

  /**
   * Retirement income left out, up to a cap for each person from an age on (of 31 December); the last row a person is old enough for
   * holds. Retirement income is pensions and withdrawals from tax-deferred accounts, and Roth conversions with them: federal law treats
   * a conversion as a distribution (IRC 408A(d)(3)(C)).
   */
  readonly retirementExclusions: readonly { readonly fromAge: number; readonly cap: number }[]
  /** Which of it the rows are about. */
  readonly retirementIncome: 'all' | 'pensions' | 'withdrawals'
  /** Whether pensions are left out whole, whatever the rows say. */
  readonly exemptsPensions: boolean
  /** Whether a person's cap is less by their Social Security benefits: all of them, or what the state leaves out of the taxable part. */
  readonly benefitsReduceExclusion: 'no' | 'whole' | 'leftOut'
  /** Whether spouses may use one another's cap. */
  readonly sharesRetirementExclusion: boolean
  /** Whether interest, dividends and gains count as retirement income too (half each on a joint return). */
  readonly excludesInvestmentIncome: boolean
  /** Wages of a household up to which they do. */
  readonly investmentIncomeUpToWages: number
  /** Share left of what is excluded. */
  readonly retirementExclusionLeft: ByIncome | null
  /** The most that a return excludes. */
  readonly retirementExclusionLimit: ByStatus<number>

  /** Tax beside the brackets, by income: what takes back the advantage of lower brackets. */
  readonly addedTax: ByIncome | null
  /** Share of the tax that is credited. */
  readonly taxCredited: ByIncome | null
  /** Credit against the tax, for each person. */
  readonly personalCredit: number
  /** Credit for each person of 65 or more. */
  readonly agedCredit: ByStatus<number>
  /** Share left of both. */
  readonly creditLeft: ByIncome | null
  /** A further tax on net gains or net investment income above an amount, on returns above a federal income. None of it is indexed. */
  readonly surtax: {
    readonly rate: number
    readonly on: 'longTermGains' | 'investmentIncome'
    readonly above: number
    readonly incomeAbove: number
  } | null
}

const plain: Omit<StateTable, 'year' | 'source' | 'brackets'> = {
  indexed: false,
  base: 'income',
  taxFreeUpTo: 0,
  deduction: everyStatus(0),
  agedDeduction: everyStatus(0),
  deductionLeft: null,
  federalDeduction: 'none',
  deductionCredit: null,
  exemption: everyStatus(0),
  exemptionLeft: null,
  agedExemption: 0,
  agedExemptionReduction: null,
  federalTaxDeduction: null,
  taxesSocialSecurity: false,
  socialSecurityLeftOut: null,
  socialSecurityReduction: null,
  longTermGainsExcluded: 0,
  shortTermGainsExcluded: 0,
  qualifiedDividendsExcluded: 0,
  longTermGainsExemptUpTo: 0,
  longTermGains: null,
  retirementExclusions: [],
  retirementIncome: 'all',
  exemptsPensions: false,
  benefitsReduceExclusion: 'no',
  sharesRetirementExclusion: false,
  excludesInvestmentIncome: false,
  investmentIncomeUpToWages: Number.POSITIVE_INFINITY,
  retirementExclusionLeft: null,
  retirementExclusionLimit: everyStatus(Number.POSITIVE_INFINITY),
  addedTax: null,
  taxCredited: null,
  personalCredit: 0,
  agedCredit: everyStatus(0),
  creditLeft: null,
  surtax: null,
}

/** A state's table; what is left out has the value that changes nothing, and Social Security benefits are exempt. */
export const stateTable = (given: Pick<StateTable, 'year' | 'source' | 'brackets'> & Partial<StateTable>): StateTable => ({
  ...plain,
  ...given,
})

/** A state without an income tax. */
export const noIncomeTax = (year: number, source: string): StateTable =>
  stateTable({ year, source, brackets: { rates: [0], from: everyStatus([0]) } })
