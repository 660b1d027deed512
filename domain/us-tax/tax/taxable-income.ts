import { carryLosses, netCapitalGains } from './capital-gains.ts'
import { FILING } from './filing-status.ts'
import type { HouseholdYear } from './household-year.ts'
import type { PreparedStatus, PreparedTax } from './prepare.ts'
import type { TaxResult } from './tax-result.ts'

/**
 * Part of Social Security benefits that is taxed, given other income (adjusted gross income without benefits, and tax-exempt interest).
 * The bases are nominal dollars: the law has never indexed them. Both are 0 for spouses on separate returns who lived together.
 * Source: IRC 86; IRS Publication 915, worksheet 1.
 */
export const taxableBenefits = (
  benefits: number,
  otherIncome: number,
  base: number,
  adjustedBase: number,
  lower: number,
  upper: number,
): number => {
  const provisional = otherIncome + 0.5 * benefits
  if (benefits <= 0 || provisional <= base) return 0
  const lowerTier = Math.min(lower * (Math.min(provisional, adjustedBase) - base), 0.5 * benefits)
  return Math.min(lowerTier + upper * Math.max(0, provisional - adjustedBase), upper * benefits)
}

/** Deduction of state and local taxes. The cap and its phase-down follow a schedule of their own until 2030. Source: IRC 164(b)(6)-(7). */
export const stateAndLocalDeduction = (prepared: PreparedTax, share: number, paid: number, year: number, magi: number): number => {
  if (paid <= 0) return 0
  const { schedule, phaseDownRate, floor } = prepared.table.stateAndLocalTaxes
  let row = schedule.length - 1
  while (row > 0 && schedule[row]!.year > year) row--
  const cap = schedule[row]!.cap * share
  const reduced = cap - phaseDownRate * Math.max(0, magi - schedule[row]!.phaseDownFrom * share)
  return Math.min(paid, Math.max(reduced, floor * share))
}

/** Itemized deductions with state and local taxes up to their cap, less the reduction for income in the top bracket. Source: IRC 68. */
function itemizedDeduction(prepared: PreparedTax, status: PreparedStatus, household: HouseholdYear, agi: number): number {
  const { itemizedDeductions, stateAndLocalTaxesPaid, year } = household
  const itemized = itemizedDeductions + stateAndLocalDeduction(prepared, status.stateAndLocalShare, stateAndLocalTaxesPaid, year, agi)
  const { firstYear, share } = prepared.table.itemizedLimitation
  if (itemized === 0 || year < firstYear) return itemized
  const topBracketFrom = status.ordinary.from[status.ordinary.from.length - 1]! * household.priceIndex
  return itemized - share * Math.min(itemized, Math.max(0, agi - topBracketFrom))
}

/** Standard deduction with the additions for age and blindness (or the itemized deduction if greater), plus the senior deduction of 2025-2028. */
function deductionFor(prepared: PreparedTax, status: PreparedStatus, household: HouseholdYear, agi: number): number {
  let aged = 0
  let additions = 0
  for (let i = 0; i < 2; i++) {
    const person = household.people[i]!
    if (!person.onReturn) continue
    if (person.age >= 65) aged++
    if (person.blind) additions++
  }
  additions += aged
  const standard = (status.standardDeduction + additions * status.agedOrBlindDeduction) * household.priceIndex
  const itemized = itemizedDeduction(prepared, status, household, agi)
  const { firstYear, lastYear, phaseOutRate } = prepared.table.seniorDeduction
  const senior =
    aged > 0 && household.year >= firstYear && household.year <= lastYear
      ? aged * Math.max(0, status.seniorDeduction - phaseOutRate * Math.max(0, agi - status.seniorPhaseOutFrom))
      : 0
  return Math.max(standard, itemized) + senior
}

/**
 * Computes taxable income from a household's year: nets gains, taxes benefits, takes deductions. `extraIncome` is ordinary income in addition
 * to the household's, such as a possible Roth conversion.
 */
export function taxableIncome(prepared: PreparedTax, household: HouseholdYear, extraIncome: number, out: TaxResult): void {
  const status = prepared.statuses[household.status]!
  netCapitalGains(status, household, out)
  let benefits = 0
  let income =
    extraIncome +
    household.interest +
    household.qualifiedDividends +
    out.netCapitalGains +
    household.otherIncome -
    household.deductibleContributions
  for (let i = 0; i < 2; i++) {
    const person = household.people[i]!
    if (!person.onReturn) continue
    income += person.wages + person.pension + person.taxDeferredWithdrawals + person.rothConversions
    benefits += person.socialSecurity
  }
  const { lowerShare, upperShare } = prepared.table.socialSecurityTaxation
  const together = household.status === FILING.marriedFilingSeparately && !household.livedApart
  out.taxableSocialSecurity = taxableBenefits(
    benefits,
    income + household.taxExemptInterest,
    together ? 0 : status.benefitsBase,
    together ? 0 : status.benefitsAdjustedBase,
    lowerShare,
    upperShare,
  )
  const agi = income + out.taxableSocialSecurity
  out.adjustedGrossIncome = agi
  out.modifiedAdjustedGrossIncome = agi + household.taxExemptInterest
  out.deduction = deductionFor(prepared, status, household, agi)
  out.taxableIncome = Math.max(0, agi - out.deduction)
  out.ordinaryIncomeAfterDeduction = agi - out.deduction - out.preferentialIncome
  carryLosses(household, out)
}
