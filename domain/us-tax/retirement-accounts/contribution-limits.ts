import { type FilingStatus, filingStatuses } from '../tax/index.ts'
import type { ContributionTable, PhaseOut } from './tables/table.ts'

/** Limits in arrays for a simulation's hot path, by position in `filingStatuses`. */
export interface PreparedContributions {
  readonly table: ContributionTable
  readonly rothPhaseOut: readonly PhaseOut[]
  readonly coveredPhaseOut: readonly PhaseOut[]
  /** Whether the phase-outs of a status follow prices: those of separate returns do not. */
  readonly indexed: readonly boolean[]
}

export const prepareContributions = (table: ContributionTable): PreparedContributions => ({
  table,
  rothPhaseOut: filingStatuses.map((status: FilingStatus) => table.ira.rothPhaseOut[status]),
  coveredPhaseOut: filingStatuses.map((status: FilingStatus) => table.ira.coveredPhaseOut[status]),
  indexed: filingStatuses.map((status: FilingStatus) => status !== 'marriedFilingSeparately'),
})

/** A person's contributions of a year, in dollars of that year: the wanted amounts, and the figures that limit them. */
export interface ContributionYear {
  /** On 31 December. */
  age: number
  /** Position in `filingStatuses`. */
  status: number
  priceIndex: number
  /** Without the deduction for IRAs, and for a Roth IRA's limit without conversions: IRC 219(g)(3)(A), 408A(c)(3)(B). */
  modifiedAdjustedGrossIncome: number
  /** Earned income. For an IRA it includes that of a spouse on the same joint return, less the spouse's contributions. */
  compensation: number
  /** Wages from the employer of the plan. */
  wages: number
  /** Wages of the year before. */
  wagesYearBefore: number
  /** Covered by a plan at work; spouse covered by one. */
  covered: boolean
  spouseCovered: boolean
  plan: 'deferral' | 'simple'
  wantedPreTaxDeferral: number
  wantedRothDeferral: number
  /** Employer's match and other additions to the plan. */
  employer: number
  wantedTraditionalIra: number
  wantedRothIra: number
  wantedHealthSavings: number
  /** Covered by a high-deductible health plan, for oneself or a family, and not on Medicare. */
  healthCoverage: 'none' | 'self' | 'family'
  /** The spouse's contributions under the same family limit, without the catch-up. */
  spouseHealthSavings: number
}

/** The part of a person's wanted contributions that the law allows. */
export interface Contributions {
  preTaxDeferral: number
  rothDeferral: number
  employer: number
  traditionalIra: number
  /** Part of `traditionalIra` that is deducted; the rest becomes basis. */
  deductibleIra: number
  rothIra: number
  healthSavings: number
}

export const createContributionYear = (): ContributionYear => ({
  age: 0,
  status: 0,
  priceIndex: 1,
  modifiedAdjustedGrossIncome: 0,
  compensation: 0,
  wages: 0,
  wagesYearBefore: 0,
  covered: false,
  spouseCovered: false,
  plan: 'deferral',
  wantedPreTaxDeferral: 0,
  wantedRothDeferral: 0,
  employer: 0,
  wantedTraditionalIra: 0,
  wantedRothIra: 0,
  wantedHealthSavings: 0,
  healthCoverage: 'none',
  spouseHealthSavings: 0,
})

export const createContributions = (): Contributions => ({
  preTaxDeferral: 0,
  rothDeferral: 0,
  employer: 0,
  traditionalIra: 0,
  deductibleIra: 0,
  rothIra: 0,
  healthSavings: 0,
})

/** Share of a limit that is left at an income: 1 below a range, 0 above it, linear in between. */
const shareLeft = (range: PhaseOut, income: number, index: number): number =>
  Math.max(0, Math.min(1, (range[1] * index - income) / ((range[1] - range[0]) * index)))

/** A limit that phases out is rounded up to 10 dollars, and is at least 200 until it reaches zero; neither figure is indexed. Source: IRC 219(g)(2)(B)-(C), 408A(c)(3)(A). */
const reducedLimit = (limit: number, share: number): number => {
  if (share === 0 || share === 1) return limit * share
  return Math.min(limit, Math.max(200, 10 * Math.ceil((limit * share) / 10 - 1e-9)))
}

/** Catch-up contribution at an age, in money of the table's year. Source: IRC 414(v)(2). */
const catchUpFor = (age: number, limits: { readonly catchUp: number; readonly catchUp60To63: number }): number => {
  if (age < 50) return 0
  return age >= 60 && age <= 63 ? limits.catchUp60To63 : limits.catchUp
}

/** The part of `allowedContributions` that does not depend on other income: deferrals, employers' contributions, health savings. */
export function allowedWorkplaceContributions(table: ContributionTable, person: ContributionYear, out: Contributions): void {
  const { age, priceIndex, plan, wages } = person
  const limits = plan === 'simple' ? table.simple : table.electiveDeferral
  const limit = limits.limit * priceIndex
  const catchUp = catchUpFor(age, limits) * priceIndex
  const { annualAdditions, rothCatchUpWages } = table.electiveDeferral
  // Above these wages a catch-up must be Roth, so pre-tax deferrals end at the limit without it.
  const catchUpIsRoth = plan === 'deferral' && rothCatchUpWages !== undefined && person.wagesYearBefore > rothCatchUpWages * priceIndex
  const most = Math.min(limit + catchUp, wages)
  out.preTaxDeferral = Math.min(person.wantedPreTaxDeferral, catchUpIsRoth ? Math.min(limit, most) : most)
  out.rothDeferral = Math.min(person.wantedRothDeferral, most - out.preTaxDeferral)
  const deferredWithoutCatchUp = Math.min(out.preTaxDeferral + out.rothDeferral, limit)
  out.employer = Math.max(0, Math.min(person.employer, Math.min(annualAdditions * priceIndex, wages) - deferredWithoutCatchUp))
  const { self, family, catchUp55 } = table.hsa
  const covered = person.healthCoverage === 'family' ? Math.max(0, family * priceIndex - person.spouseHealthSavings) : self * priceIndex
  const health = person.healthCoverage === 'none' ? 0 : covered + (age >= 55 ? catchUp55 : 0)
  out.healthSavings = Math.min(person.wantedHealthSavings, health)
}

/**
 * The part of `allowedContributions` that depends on `modifiedAdjustedGrossIncome`. For a Roth IRA the law phases out the limit that earned income
 * leaves; for the deduction, the limit in dollars. Source: IRS Publication 590-A, worksheets 1-2 and 2-2.
 */
export function allowedIraContributions(prepared: PreparedContributions, person: ContributionYear, out: Contributions): void {
  const { ira } = prepared.table
  const { status, priceIndex, modifiedAdjustedGrossIncome: income } = person
  const index = prepared.indexed[status]! ? priceIndex : 1
  const dollarLimit = (ira.limit + (person.age >= 50 ? ira.catchUp : 0)) * priceIndex
  const whole = Math.min(dollarLimit, person.compensation)
  const rothLimit = reducedLimit(whole, shareLeft(prepared.rothPhaseOut[status]!, income, index))
  out.rothIra = Math.min(person.wantedRothIra, rothLimit)
  out.traditionalIra = Math.min(person.wantedTraditionalIra, whole - out.rothIra)
  let share = 1
  if (person.covered) share = shareLeft(prepared.coveredPhaseOut[status]!, income, index)
  else if (person.spouseCovered) {
    share = shareLeft(prepared.indexed[status]! ? ira.spouseCoveredPhaseOut : prepared.coveredPhaseOut[status]!, income, index)
  }
  out.deductibleIra = Math.min(out.traditionalIra, reducedLimit(dollarLimit, share))
}

/**
 * Limits a person's wanted contributions of a year as the law does. Writes into `out` and allocates no memory. One limit is shared by
 * pre-tax and Roth deferrals to all 401(k), 403(b) and SIMPLE plans, pre-tax first; one by traditional and Roth IRAs, Roth first. Limits
 * follow prices from the table's year, and so does the wage threshold of Roth catch-ups; the law's rounding down to 50, 100 or 500 dollars is left out.
 * The caller can put the rest into a taxable account. The catch-up for health savings is not indexed; spouses with family
 * coverage share the limit without the catch-up. Excess contributions, mega-backdoor and SEP contributions are not modelled.
 * Source: IRC 219, 223, 402(g), 408A(c)(3), 414(v), 415(c).
 */
export function allowedContributions(prepared: PreparedContributions, person: ContributionYear, out: Contributions): void {
  allowedWorkplaceContributions(prepared.table, person, out)
  allowedIraContributions(prepared, person, out)
}

/** Employer's match: `matchRate` of the deferral, counted up to `matchedShare` of pay. The law limits the pay that counts. */
export const employerMatch = (
  table: ContributionTable,
  priceIndex: number,
  wages: number,
  deferral: number,
  matchRate: number,
  matchedShare: number,
): number => matchRate * Math.min(deferral, matchedShare * Math.min(wages, table.electiveDeferral.compensation * priceIndex))

/**
 * The most that one giver can put into a beneficiary's 529 account in a year without using the lifetime exclusion: the year's exclusion, or
 * five years of it at once, and then nothing for four years. Accounts have no federal annual limit. Source: IRC 529(c)(2)(B).
 */
export const giftLimit529 = (table: ContributionTable, priceIndex: number, fiveYearElection: boolean): number =>
  table.gift.annualExclusion * priceIndex * (fiveYearElection ? 5 : 1)
