import { type ByStatus, everyStatus } from '../../filing-status.ts'
import type { Brackets } from '../table.ts'

/**
 * A state's income tax as far as planning needs it: brackets on federal adjusted gross income, with the state's own deductions, exemptions
 * and exclusions. Local income taxes, itemizing at the state, phase-outs of exemptions and other credits are left out.
 */
export interface StateTable {
  /** Year the figures are of. */
  readonly year: number
  readonly source: string
  readonly brackets: Brackets
  /** Whether the state's brackets, deductions and exclusions follow prices; otherwise they stay in dollars of `year`. */
  readonly indexed: boolean
  /** What the brackets apply to: all income, or long-term gains only. */
  readonly base: 'income' | 'longTermGains'
  /** Taxable income up to which nothing is due at all. */
  readonly taxFreeUpTo: number
  /** Standard deduction, with the personal exemptions that every return of the status has. */
  readonly deduction: ByStatus<number>
  /** Further deduction for each person of 65 or more. */
  readonly agedDeduction: ByStatus<number>
  /** Credit against the tax, for each person, and again for each of 65 or more. */
  readonly personalCredit: number
  /** Whether the federally taxable part of Social Security benefits is taxed. */
  readonly taxesSocialSecurity: boolean
  /** Share of net long-term gains that is left out. */
  readonly longTermGainsExcluded: number
  /**
   * Retirement income left out, up to a cap for each person from an age on (of 31 December); the last row a person is old enough for
   * holds. Retirement income is pensions and withdrawals from tax-deferred accounts, and Roth conversions with them: federal law treats
   * a conversion as a distribution (IRC 408A(d)(3)(C)).
   */
  readonly retirementExclusions: readonly { readonly fromAge: number; readonly cap: number }[]
  /** Whether spouses may use one another's cap. */
  readonly sharesRetirementExclusion: boolean
  /** Whether interest, dividends and gains count as retirement income too (half each on a joint return). */
  readonly excludesInvestmentIncome: boolean
}

const plain: Omit<StateTable, 'year' | 'source' | 'brackets'> = {
  indexed: false,
  base: 'income',
  taxFreeUpTo: 0,
  deduction: everyStatus(0),
  agedDeduction: everyStatus(0),
  personalCredit: 0,
  taxesSocialSecurity: false,
  longTermGainsExcluded: 0,
  retirementExclusions: [],
  sharesRetirementExclusion: false,
  excludesInvestmentIncome: false,
}

/** A state's table; what is left out has the value that changes nothing, and Social Security benefits are exempt. */
export const stateTable = (given: Pick<StateTable, 'year' | 'source' | 'brackets'> & Partial<StateTable>): StateTable => ({
  ...plain,
  ...given,
})

/** One rate on everything. */
export const flat = (rate: number): Brackets => ({ rates: [rate], from: everyStatus([0]) })

/** An amount for each person: two on a joint return. */
export const perPerson = (amount: number): ByStatus<number> => ({ ...everyStatus(amount), marriedFilingJointly: 2 * amount })
