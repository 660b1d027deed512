import { netInvestmentIncomeTax, preferentialTax } from './capital-gains.ts'
import type { HouseholdYear } from './household-year.ts'
import { medicareSurcharge, medicareTier, medicareTierTop } from './medicare.ts'
import { payrollTax } from './payroll-tax.ts'
import type { PreparedTax } from './prepare.ts'
import { bracketOf, scheduleTax } from './schedule.ts'
import { stateTax } from './state-tax.ts'
import type { TaxResult } from './tax-result.ts'
import { taxableIncome } from './taxable-income.ts'

/**
 * A household's whole tax of a year. Writes into `out` and allocates no memory. Amounts are dollars of that year. Figures that the law indexes are
 * scaled by `household.priceIndex`; the others stay nominal. Amounts are not rounded as the forms do.
 * Not modelled: the alternative minimum tax, credits, self-employment tax, the qualified business income deduction, recaptured depreciation,
 * the floor under charitable deductions.
 */
export function annualTax(prepared: PreparedTax, household: HouseholdYear, out: TaxResult): void {
  const { priceIndex } = household
  const { table } = prepared
  const status = prepared.statuses[household.status]!
  taxableIncome(prepared, household, 0, out)

  // Tax is homogeneous: tax(income, thresholds x index) = index x tax(income / index, thresholds).
  const taxable = out.taxableIncome / priceIndex
  const ordinary = Math.max(0, out.ordinaryIncomeAfterDeduction) / priceIndex
  const ordinaryTax = scheduleTax(status.ordinary, ordinary)
  out.ordinaryTax = ordinaryTax * priceIndex
  out.capitalGainsTax = out.preferentialIncome > 0 ? preferentialTax(status, ordinary, taxable, ordinaryTax) * priceIndex : 0
  out.netInvestmentIncomeTax = netInvestmentIncomeTax(
    table.netInvestmentIncome.rate,
    status.netInvestmentIncomeThreshold,
    household.interest + household.qualifiedDividends + out.netCapitalGains,
    out.adjustedGrossIncome,
  )
  out.payrollTax = payrollTax(prepared, status, household)
  out.earlyWithdrawalTax =
    household.penalizedWithdrawals * table.earlyWithdrawal.retirementAccountRate +
    household.penalizedHealthSavingsWithdrawals * table.earlyWithdrawal.healthSavingsAccountRate
  out.stateTax = stateTax(prepared, household, out)

  const onMedicare = coveredByMedicare(household)
  const tier = onMedicare > 0 ? medicareTier(prepared, household.statusTwoYearsAgo, household.magiTwoYearsAgo, priceIndex) : 0
  out.medicareSurcharge = onMedicare * medicareSurcharge(prepared, tier, priceIndex)
  out.medicarePremium = onMedicare * 12 * table.medicare.partBMonthly * priceIndex
  out.total =
    out.ordinaryTax +
    out.capitalGainsTax +
    out.netInvestmentIncomeTax +
    out.payrollTax +
    out.earlyWithdrawalTax +
    out.stateTax +
    out.medicareSurcharge

  const { from, rates } = status.ordinary
  let bracket = bracketOf(status.ordinary, ordinary)
  if (bracket + 1 < from.length && ordinary === from[bracket + 1]) bracket++
  out.bracketRate = rates[bracket]!
  out.roomInBracket =
    bracket + 1 < from.length ? from[bracket + 1]! * priceIndex - out.ordinaryIncomeAfterDeduction : Number.POSITIVE_INFINITY
  const magi = out.modifiedAdjustedGrossIncome
  out.roomInMedicareTier =
    medicareTierTop(prepared, household.status, medicareTier(prepared, household.status, magi, priceIndex), priceIndex) - magi
}

function coveredByMedicare(household: HouseholdYear): number {
  let covered = 0
  for (let i = 0; i < 2; i++) if (household.people[i]!.onReturn && household.people[i]!.onMedicare) covered++
  return covered
}

/**
 * Marginal tax per dollar that a person additionally withdraws from a tax-deferred account (or converts). It includes brackets, benefits
 * that become taxable, gains pushed into higher brackets, deductions and thresholds that phase out, and the state. `out` holds the tax without these dollars.
 * A Medicare surcharge that they may cause two years later is not counted.
 */
export function marginalTaxRate(prepared: PreparedTax, household: HouseholdYear, person: 0 | 1, out: TaxResult, withdrawal = 1): number {
  const who = household.people[person]
  const before = who.taxDeferredWithdrawals
  who.taxDeferredWithdrawals = before + withdrawal
  annualTax(prepared, household, out)
  const withIt = out.total
  who.taxDeferredWithdrawals = before
  annualTax(prepared, household, out)
  return (withIt - out.total) / withdrawal
}
