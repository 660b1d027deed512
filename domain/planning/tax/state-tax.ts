import type { HouseholdYear, PersonYear } from './household-year.ts'
import type { PreparedTax } from './prepare.ts'
import { scheduleTax } from './schedule.ts'
import type { TaxResult } from './tax-result.ts'

const retirementIncome = (person: PersonYear): number => person.pension + person.taxDeferredWithdrawals + person.rothConversions

/** Cap on a person's excluded retirement income, in money of the state table's year. */
function exclusionCap(prepared: PreparedTax, age: number): number {
  const { stateExclusionFromAge, stateExclusionCap } = prepared
  for (let row = stateExclusionFromAge.length - 1; row >= 0; row--) {
    if (age >= stateExclusionFromAge[row]!) return stateExclusionCap[row]!
  }
  return 0
}

/** Retirement income that the state leaves out. */
function excludedRetirementIncome(prepared: PreparedTax, household: HouseholdYear, index: number, investmentIncome: number): number {
  const { sharesRetirementExclusion, excludesInvestmentIncome } = prepared.state!
  const [first, second] = household.people
  const each = excludesInvestmentIncome ? investmentIncome / (first.onReturn && second.onReturn ? 2 : 1) : 0
  let excluded = 0
  let caps = 0
  let eligible = 0
  for (let i = 0; i < 2; i++) {
    const person = household.people[i]!
    if (!person.onReturn) continue
    const cap = exclusionCap(prepared, person.age) * index
    if (cap === 0) continue
    const income = Math.max(0, retirementIncome(person) + each)
    excluded += Math.min(income, cap)
    caps += cap
    eligible += income
  }
  return sharesRetirementExclusion ? Math.min(eligible, caps) : excluded
}

/**
 * State income tax, after `taxableIncome` has filled `out`. Where the state's figures are not indexed they stay in the dollars of its table.
 * Roth conversions share the exclusions of retirement income.
 */
export function stateTax(prepared: PreparedTax, household: HouseholdYear, out: TaxResult): number {
  const { state } = prepared
  if (state === undefined) return 0
  const index = state.indexed ? household.priceIndex : 1
  const status = prepared.statuses[household.status]!.state
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
    const investmentIncome = household.interest + household.qualifiedDividends + out.netCapitalGains
    income =
      out.adjustedGrossIncome -
      (state.taxesSocialSecurity ? 0 : out.taxableSocialSecurity) -
      state.longTermGainsExcluded * longTermGains -
      excludedRetirementIncome(prepared, household, index, investmentIncome)
  }
  const taxable = Math.max(0, income / index - status.deduction - aged * status.agedDeduction)
  if (taxable <= state.taxFreeUpTo) return 0
  return Math.max(0, scheduleTax(status.schedule, taxable) - (persons + aged) * state.personalCredit) * index
}
