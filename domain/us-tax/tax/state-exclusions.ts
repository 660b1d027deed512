import { byIncomeAt, reductionAt } from './by-income.ts'
import type { HouseholdYear, PersonYear } from './household-year.ts'
import type { PreparedTax } from './prepare.ts'
import type { PreparedStateStatus } from './prepare-state.ts'
import type { StateTable } from './tables/states/state-table.ts'
import type { TaxResult } from './tax-result.ts'

/** Federally taxable Social Security benefits that the state excludes. */
export function exemptBenefits(
  state: StateTable,
  status: PreparedStateStatus,
  household: HouseholdYear,
  out: TaxResult,
  index: number,
): number {
  const benefits = out.taxableSocialSecurity
  if (!state.taxesSocialSecurity) return benefits
  const income = out.adjustedGrossIncome / index
  if (state.socialSecurityReduction !== null) {
    return Math.max(0, benefits - reductionAt(status.socialSecurityReduction, income, income) * index)
  }
  if (benefits === 0 || state.socialSecurityLeftOut === null) return 0
  let received = 0
  let ofAge = 0
  for (let i = 0; i < 2; i++) {
    const person = household.people[i]!
    if (!person.onReturn) continue
    received += person.socialSecurity
    if (person.age >= state.socialSecurityLeftOut.fromAge) ofAge += person.socialSecurity
  }
  return benefits * (ofAge / received) * byIncomeAt(status.socialSecurityLeftOut, income, income, 0)
}

/** Gains and qualified dividends that the state excludes. `longTermGains` is net of losses. */
export const excludedGains = (state: StateTable, household: HouseholdYear, out: TaxResult, longTermGains: number, index: number): number =>
  Math.max(state.longTermGainsExcluded * longTermGains, Math.min(longTermGains, state.longTermGainsExemptUpTo * index)) +
  state.shortTermGainsExcluded * Math.max(0, out.netCapitalGains - longTermGains) +
  state.qualifiedDividendsExcluded * household.qualifiedDividends

/** Cap on a person's excluded retirement income, in money of the state table's year. */
function exclusionCap(prepared: PreparedTax, age: number): number {
  const { stateExclusionFromAge, stateExclusionCap } = prepared
  for (let row = stateExclusionFromAge.length - 1; row >= 0; row--) {
    if (age >= stateExclusionFromAge[row]!) return stateExclusionCap[row]!
  }
  return 0
}

function retirementIncome(person: PersonYear, of: StateTable['retirementIncome']): number {
  if (of === 'pensions') return person.pension
  if (of === 'withdrawals') return person.taxDeferredWithdrawals + person.rothConversions
  return person.pension + person.taxDeferredWithdrawals + person.rothConversions
}

/** A cap less the part that a person's benefits use; `leftOut` is the amount of all persons' taxable benefits that the state excludes. */
function capAfterBenefits(state: StateTable, household: HouseholdYear, person: PersonYear, leftOut: number, cap: number): number {
  if (state.benefitsReduceExclusion === 'no' || person.socialSecurity === 0) return cap
  if (state.benefitsReduceExclusion === 'whole') return Math.max(0, cap - person.socialSecurity)
  const [first, second] = household.people
  const received = (first.onReturn ? first.socialSecurity : 0) + (second.onReturn ? second.socialSecurity : 0)
  return Math.max(0, cap - (leftOut * person.socialSecurity) / received)
}

/** Interest, dividends and gains that count as each person's retirement income. */
function investmentIncomeEach(state: StateTable, household: HouseholdYear, out: TaxResult): number {
  if (!state.excludesInvestmentIncome) return 0
  const [first, second] = household.people
  const wages = (first.onReturn ? first.wages : 0) + (second.onReturn ? second.wages : 0)
  if (wages > state.investmentIncomeUpToWages) return 0
  return (household.interest + household.qualifiedDividends + out.netCapitalGains) / (first.onReturn && second.onReturn ? 2 : 1)
}

/**
 * Retirement income that the state excludes. `own` is the state's income before this exclusion, in money of the state table's year; `benefitsLeftOut`
 * is the amount of taxable Social Security benefits that the state has excluded.
 */
export function excludedRetirementIncome(
  prepared: PreparedTax,
  status: PreparedStateStatus,
  household: HouseholdYear,
  out: TaxResult,
  index: number,
  own: number,
  benefitsLeftOut: number,
): number {
  const state = prepared.state!
  const each = investmentIncomeEach(state, household, out)
  let excluded = 0
  let caps = 0
  let eligible = 0
  let pensions = 0
  for (let i = 0; i < 2; i++) {
    const person = household.people[i]!
    if (!person.onReturn) continue
    if (state.exemptsPensions) pensions += person.pension
    const cap = capAfterBenefits(state, household, person, benefitsLeftOut, exclusionCap(prepared, person.age) * index)
    if (cap === 0) continue
    const income = Math.max(0, retirementIncome(person, state.retirementIncome) + each)
    excluded += Math.min(income, cap)
    caps += cap
    eligible += income
  }
  if (state.sharesRetirementExclusion) excluded = Math.min(eligible, caps)
  if (excluded > 0 && status.retirementExclusionLeft !== undefined) {
    excluded *= byIncomeAt(status.retirementExclusionLeft, out.adjustedGrossIncome / index, own, 1)
  }
  return Math.min(excluded, status.retirementExclusionLimit * index) + pensions
}
