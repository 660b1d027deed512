import { SPENDING_REASON, spendingForYear } from '../../spending/index.ts'
import { BOTH_ALIVE, FIRST_ALIVE } from '../prepare/income-streams.ts'
import { ACCOUNT_KIND } from '../../withdrawals/index.ts'
import type { HouseholdPath } from './household-path.ts'

/** What is to be spent this year, apart from goals and contributions: planned expenses, moved by the rule once everybody has retired. */
export function decideSpending(path: HouseholdPath): void {
  const { household, flows, priceIndex } = path
  const { expenses } = household
  const at = path.widowed ? household.years + path.year : path.year
  const essential = expenses.essentialReal[at]! * priceIndex + expenses.essentialNominal[at]!
  const discretionary = expenses.discretionaryReal[at]! * priceIndex + expenses.discretionaryNominal[at]!
  const medical = expenses.medicalReal[at]! * priceIndex + expenses.medicalNominal[at]!
  flows.debtPayment = household.debts.payments[path.year]!
  if (path.retired) {
    spendByRule(path, essential, essential + discretionary, medical)
    return
  }
  flows.essentialSpending = essential
  flows.spending = essential + discretionary
  flows.spendingReasons = 0
  path.withdrawalYear.medicalNeed = medical
}

function spendByRule(path: HouseholdPath, essential: number, planned: number, medical: number): void {
  const { household, flows, rule, spendingState, priceIndex } = path
  const { spending } = household
  const factor = household.ageFactors[path.year]!
  const plannedNow = planned * factor
  const essentialNow = essential * factor
  prepareRuleYear(path)
  if (spending.measure === 'planned_expenses') {
    rule.essentialReal = plannedNow > 0 ? essentialNow / plannedNow : 0
    spendingForYear(rule, spendingState, path.spendingYear)
    flows.spending = plannedNow * (spendingState.total / priceIndex)
  } else {
    const draw = Math.max(0, essentialNow + flows.debtPayment - flows.income)
    rule.essentialReal = draw / (priceIndex * factor)
    spendingForYear(rule, spendingState, path.spendingYear)
    flows.spending = Math.max(essentialNow, spendingState.total * factor + flows.income - flows.debtPayment)
  }
  flows.essentialSpending = Math.min(essentialNow, flows.spending)
  flows.spendingReasons = spendingState.reasons
  if (factor !== path.lastAgeFactor && spendingState.years > 1) flows.spendingReasons |= SPENDING_REASON.age
  path.lastAgeFactor = factor
  path.withdrawalYear.medicalNeed = Math.min(medical * factor, flows.spending)
}

/** Least resources a rate of spending is measured by, so that it stays finite. */
const LEAST_RESOURCES = 0.01

function prepareRuleYear(path: HouseholdPath): void {
  const { household, spendingYear, priceIndex } = path
  const { spending, incomeToCome } = household
  const age = youngestAge(path)
  spendingYear.age = age
  spendingYear.priceIndex = priceIndex
  spendingYear.inflation = path.inflation
  spendingYear.portfolioReturn = path.portfolioReturn
  spendingYear.yearsLeft = spending.lastAge === null ? household.planEnd - path.year : Math.max(1, spending.lastAge + 1 - age)
  spendingYear.balance = spendablePortfolio(path)
  if (!spending.comparesWithResources) return
  const at = path.alive * household.years + path.year
  const resources = spendingYear.balance + incomeToCome.real[at]! * priceIndex + incomeToCome.nominal[at]!
  const meanReal = meanExpensesToCome(path) / priceIndex
  spendingYear.balance = Math.max(LEAST_RESOURCES, resources) / (meanReal > 0 ? meanReal : 1)
}

/** A year's planned expenses, on average over the years left: so that a planned change is not taken for a change of the rate. */
function meanExpensesToCome(path: HouseholdPath): number {
  const { household, priceIndex } = path
  const { real, nominal } = household.expensesToCome
  const at = path.widowed ? household.years + path.year : path.year
  return (real[at]! * priceIndex + nominal[at]!) / (household.planEnd - path.year)
}

function youngestAge(path: HouseholdPath): number {
  const { people } = path.household
  if (path.alive === BOTH_ALIVE) return Math.min(people[0]!.openingAge, people[1]!.openingAge) + path.year
  return people[path.alive === FIRST_ALIVE ? 0 : 1]!.openingAge + path.year
}

/** All accounts but those that pay for education only. */
function spendablePortfolio(path: HouseholdPath): number {
  const { balance } = path.slots
  const { kinds } = path.household.withdrawals
  let total = 0
  for (let account = 0; account < kinds.length; account++) if (kinds[account] !== ACCOUNT_KIND.education) total += balance[account]!
  return total
}
