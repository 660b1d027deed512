import { type ByStatus, everyStatus } from '../../filing-status.ts'
import type { Brackets } from '../table.ts'

/** A figure by income: points joined by straight lines, constant before the first and after the last; two points at one income are a step. */
export type IncomePoints = readonly (readonly [income: number, figure: number])[]

/** The measure of income that a rule uses: federal adjusted gross income, or the state's own income at that point of its form. */
type IncomeMeasure = 'federal' | 'state'

/** A figure that depends on income: a remaining share, or an amount. */
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
 * A state's income tax, as detailed as planning needs it: brackets on federal adjusted gross income, with the state's own deductions, exemptions
 * and exclusions. Not modelled: local income taxes, state itemized deductions, adding back state taxes that the federal return itemizes,
 * credits for low incomes, minimum taxes, and the rules that tax spouses separately on one return: a joint return is taxed on its whole
 * income. A comment on each row states what else is not modelled.
 */
export interface StateTable {
  /** Year of the figures. */
  readonly year: number
  readonly source: string
  readonly brackets: Brackets
  /**
   * Whether the state's brackets, deductions and exclusions follow prices; otherwise they stay in dollars of `year`. Where a state indexes
   * only a part, this is about its brackets, or about its standard deduction if there is a single rate.
   */
  readonly indexed: boolean
  /** What the brackets apply to: all income, or long-term gains only. */
  readonly base: 'income' | 'longTermGains'
  /** Taxable income up to which no tax is due. */
  readonly taxFreeUpTo: number

  /** Standard deduction, with the personal exemptions that every return of the status has. */
  readonly deduction: ByStatus<number>
  /** Additional deduction for each person of 65 or more. */
  readonly agedDeduction: ByStatus<number>
  /** Share left of both. */
  readonly deductionLeft: ByIncome | null
  /** Federal deductions that the state also grants: the standard one, the senior one, or 'whole': the greater of standard and itemized, and the senior one. */
  readonly federalDeduction: 'none' | 'standard' | 'senior' | 'whole'
  /** Deductions are not subtracted from income, but bring a credit at a rate, less a reduction. */
  readonly deductionCredit: (Reduction & { readonly creditRate: number }) | null
  /** Personal exemptions, if they phase out in another way than the deduction. */
  readonly exemption: ByStatus<number>
  readonly exemptionLeft: ByIncome | null
  /** Additional exemption for each person of 65 or more; a reduction applies to their sum. */
  readonly agedExemption: number
  readonly agedExemptionReduction: Reduction | null
  /** Federal income tax deducted: a share of it up to a cap, times the share that is left at an income. */
  readonly federalTaxDeduction: {
    readonly share: ByIncome | null
    readonly cap: ByStatus<number>
    readonly capLeft: ByIncome | null
  } | null

  /** Whether the federally taxable part of Social Security benefits is taxed. */
  readonly taxesSocialSecurity: boolean
  /** If it is taxed: the excluded share, for persons from an age on. */
  readonly socialSecurityLeftOut: (ByIncome & { readonly fromAge: number }) | null
  /** If it is taxed: it is excluded, less a reduction. */
  readonly socialSecurityReduction: Reduction | null

  /** Excluded shares of net gains and of qualified dividends, and the excluded amount of net long-term gains, if that is greater. */
  readonly longTermGainsExcluded: number
  readonly shortTermGainsExcluded: number
  readonly qualifiedDividendsExcluded: number
  readonly longTermGainsExemptUpTo: number
  /** Brackets of net long-term gains, which stack on other income. Without them, gains use the brackets of other income. */
  readonly longTermGains: Brackets | null

  /**
   * Retirement income excluded, up to a cap for each person from an age on (on 31 December); the last row that a person is old enough for
   * applies. Retirement income is pensions, withdrawals from tax-deferred accounts, and Roth conversions: federal law treats
   * a conversion as a distribution (IRC 408A(d)(3)(C)).
   */
  readonly retirementExclusions: readonly { readonly fromAge: number; readonly cap: number }[]
  /** The kinds of retirement income that the rows apply to. */
  readonly retirementIncome: 'all' | 'pensions' | 'withdrawals'
  /** Whether pensions are excluded completely, whatever the rows contain. */
  readonly exemptsPensions: boolean
  /** Whether a person's cap is reduced by their Social Security benefits: all of them, or the part of the taxable benefits that the state excludes. */
  readonly benefitsReduceExclusion: 'no' | 'whole' | 'leftOut'
  /** Whether spouses may use one another's cap. */
  readonly sharesRetirementExclusion: boolean
  /** Whether interest, dividends and gains count as retirement income too (half each on a joint return). */
  readonly excludesInvestmentIncome: boolean
  /** Wages of a household up to which investment income counts. */
  readonly investmentIncomeUpToWages: number
  /** Share of the exclusion that is left. */
  readonly retirementExclusionLeft: ByIncome | null
  /** The most that a return excludes. */
  readonly retirementExclusionLimit: ByStatus<number>

  /** Tax in addition to the brackets, by income: it takes back the benefit of the lower brackets. */
  readonly addedTax: ByIncome | null
  /** Share of the tax that is credited. */
  readonly taxCredited: ByIncome | null
  /** Credit against the tax, for each person. */
  readonly personalCredit: number
  /** Credit for each person of 65 or more. */
  readonly agedCredit: ByStatus<number>
  /** Share left of both. */
  readonly creditLeft: ByIncome | null
  /** An additional tax on net gains or net investment income above an amount, on returns above a federal income. Its figures are not indexed. */
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

/** A state's table. Members left out have no effect, and Social Security benefits are exempt. */
export const stateTable = (given: Pick<StateTable, 'year' | 'source' | 'brackets'> & Partial<StateTable>): StateTable => ({
  ...plain,
  ...given,
})

/** A state without an income tax. */
export const noIncomeTax = (year: number, source: string): StateTable =>
  stateTable({ year, source, brackets: { rates: [0], from: everyStatus([0]) } })
