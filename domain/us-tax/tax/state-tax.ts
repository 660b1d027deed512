import { byIncomeAt, reductionAt } from './by-income.ts'
import type { HouseholdYear } from './household-year.ts'
import type { PreparedStatus, PreparedTax } from './prepare.ts'
import type { PreparedStateStatus } from './prepare-state.ts'
import { scheduleTax } from './schedule.ts'
import { excludedGains, excludedRetirementIncome, exemptBenefits } from './state-exclusions.ts'
import type { StateTable } from './tables/states/state-table.ts'
import type { TaxResult } from './tax-result.ts'

/** The federal deductions that the state also grants. `aged` persons are 65 or more. */
function takenOver(prepared: PreparedTax, status: PreparedStatus, household: HouseholdYear, out: TaxResult, aged: number): number {
  switch (prepared.state!.federalDeduction) {
    case 'none':
      return 0
    case 'whole':
      return out.deduction
    case 'standard': {
      let blind = 0
      for (let i = 0; i < 2; i++) if (household.people[i]!.onReturn && household.people[i]!.blind) blind++
      return (status.standardDeduction + (aged + blind) * status.agedOrBlindDeduction) * household.priceIndex
    }
    case 'senior': {
      const { firstYear, lastYear, phaseOutRate } = prepared.table.seniorDeduction
      if (household.year < firstYear || household.year > lastYear) return 0
      const lost = phaseOutRate * Math.max(0, out.adjustedGrossIncome - status.seniorPhaseOutFrom)
      return aged * Math.max(0, status.seniorDeduction - lost)
    }
  }
}

/** Exemptions, federal deductions that the state also grants, and federal income tax where it is deducted; in money of the table's year. */
function furtherDeductions(
  prepared: PreparedTax,
  federalStatus: PreparedStatus,
  household: HouseholdYear,
  out: TaxResult,
  aged: number,
  own: number,
): number {
  const state = prepared.state!
  const status = federalStatus.state!
  const index = state.indexed ? household.priceIndex : 1
  const federal = out.adjustedGrossIncome / index
  const exemptions =
    status.exemption * byIncomeAt(status.exemptionLeft, federal, own, 1) +
    Math.max(0, aged * state.agedExemption - reductionAt(status.agedExemptionReduction, federal, own))
  const deductions = exemptions + takenOver(prepared, federalStatus, household, out, aged) / index
  if (state.federalTaxDeduction === null) return deductions
  const share = byIncomeAt(status.federalTaxShare, federal, own, 1) * ((out.ordinaryTax + out.capitalGainsTax) / index)
  return deductions + Math.min(share, status.federalTaxCap * byIncomeAt(status.federalTaxCapLeft, federal, own, 1))
}

/** Tax by the brackets, including those of long-term gains if the state has any; amounts in money of the table's year. */
function bracketTax(status: PreparedStateStatus, taxable: number, longTermGains: number): number {
  if (status.longTermGains === undefined) return scheduleTax(status.schedule, taxable)
  const ordinary = taxable - Math.min(taxable, longTermGains)
  return scheduleTax(status.schedule, ordinary) + scheduleTax(status.longTermGains, taxable) - scheduleTax(status.longTermGains, ordinary)
}

function surtax(surcharge: NonNullable<StateTable['surtax']>, household: HouseholdYear, out: TaxResult, longTermGains: number): number {
  if (out.adjustedGrossIncome <= surcharge.incomeAbove) return 0
  const gains = surcharge.on === 'longTermGains'
  const taxed = gains ? longTermGains : household.interest + household.qualifiedDividends + out.netCapitalGains
  return surcharge.rate * Math.max(0, taxed - surcharge.above)
}

/**
 * State income tax, after the federal income tax has filled `out`. Figures that the state does not index stay in the dollars of its
 * table. Roth conversions have the same exclusions as retirement income.
 */
export function stateTax(prepared: PreparedTax, household: HouseholdYear, out: TaxResult): number {
  const { state } = prepared
  const federalStatus = prepared.statuses[household.status]!
  const status = federalStatus.state
  if (state === undefined || status === undefined || !status.taxes) return 0
  const index = state.indexed ? household.priceIndex : 1
  const longTermGains = out.preferentialIncome - household.qualifiedDividends
  let persons = 0
  let aged = 0
  for (let i = 0; i < 2; i++) {
    const person = household.people[i]!
    if (!person.onReturn) continue
    persons++
    if (person.age >= 65) aged++
  }
  let income = longTermGains
  if (state.base === 'income') {
    const benefits = exemptBenefits(state, status, household, out, index)
    income = out.adjustedGrossIncome - benefits
    if (status.excludesGains) income -= excludedGains(state, household, out, longTermGains, index)
    if (status.excludesRetirementIncome) {
      income -= excludedRetirementIncome(prepared, status, household, out, index, income / index, benefits)
    }
  }
  const own = income / index
  const federal = out.adjustedGrossIncome / index

  const left = byIncomeAt(status.deductionLeft, federal, own, 1)
  const further = status.deductsFurther ? furtherDeductions(prepared, federalStatus, household, out, aged, own) : 0
  const remaining = own - left * status.deduction - left * aged * status.agedDeduction - further
  const taxable = Math.max(0, state.deductionCredit === null ? remaining : own)
  if (taxable <= state.taxFreeUpTo) return 0

  let tax = bracketTax(status, taxable, ((1 - state.longTermGainsExcluded) * longTermGains) / index)
  tax += byIncomeAt(status.addedTax, federal, own, 0)
  tax *= 1 - byIncomeAt(status.taxCredited, federal, own, 0)
  let credits = persons * state.personalCredit + aged * status.agedCredit
  if (credits > 0) credits *= byIncomeAt(status.creditLeft, federal, own, 1)
  if (state.deductionCredit !== null) {
    credits += Math.max(
      0,
      state.deductionCredit.creditRate * (own - remaining) - reductionAt(status.deductionCreditReduction, federal, own),
    )
  }
  const due = Math.max(0, tax - credits) * index
  return state.surtax === null ? due : due + surtax(state.surtax, household, out, longTermGains)
}
