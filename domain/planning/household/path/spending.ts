import { SPENDING_REASON, spendingForYear } from '../../spending/index.ts'
import { BOTH_ALIVE, FIRST_ALIVE } from '../prepare/income-streams.ts'
import { ACCOUNT_KIND } from '../../withdrawals/index.ts'
import type { HouseholdPath } from './household-path.ts'

/** Decides this year's spending, without goals and contributions: planned expenses, changed by the rule after everybody has retired. */
export function decideSpending(path: HouseholdPath): void {
  const { household, flows, priceIndex } = path
  const { expenses } = household
  const at = path.widowed ? household.years + path.year : path.year
  const essential = expenses.essentialReal[at]! * priceIndex + expenses.essentialNominal[at]!
  const discretionary = expenses.discretionaryReal[at]! * priceIndex + expenses.discretionaryNominal[at]!
  const medical = expenses.medicalReal[at]! * priceIndex + expenses.medicalNominal[at]!
  path.charitableNeed = expenses.charitableReal[at]! * priceIndex + expenses.charitableNominal[at]!
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
  switch (spending.measure) {
    case 'planned_expenses':
      rule.essentialReal = plannedNow > 0 ? essentialNow / plannedNow : 0
      spendingForYear(rule, spendingState, path.spendingYear)
      flows.spending = plannedNow * (spendingState.total / priceIndex)
      break
    case 'planned_draw': {
      const draw = Math.max(0, plannedNow + flows.debtPayment - flows.income)
      rule.essentialReal = draw > 0 ? Math.max(0, 1 - (plannedNow - essentialNow) / draw) : 0
      spendingForYear(rule, spendingState, path.spendingYear)
      flows.spending = Math.max(essentialNow, plannedNow + (spendingState.total / priceIndex - 1) * draw)
      break
    }
    case 'portfolio_draw': {
      const draw = Math.max(0, essentialNow + flows.debtPayment - flows.income)
      rule.essentialReal = draw / (priceIndex * factor)
      spendingForYear(rule, spendingState, path.spendingYear)
      flows.spending = Math.max(essentialNow, spendingState.total * factor + flows.income - flows.debtPayment)
    }
  }
  flows.essentialSpending = Math.min(essentialNow, flows.spending)
  flows.spendingReasons = spendingState.reasons
  if (factor !== path.lastAgeFactor && spendingState.years > 1) flows.spendingReasons |= SPENDING_REASON.age
  path.lastAgeFactor = factor
  path.withdrawalYear.medicalNeed = Math.min(medical * factor, flows.spending)
  path.charitableNeed = Math.min(path.charitableNeed * factor, flows.spending)
}

/** Least balance for a rate of spending, so that the rate is finite. */
const LEAST_BALANCE = 0.01

function prepareRuleYear(path: HouseholdPath): void {
  const { household, spendingYear, priceIndex } = path
  const { spending } = household
  const age = youngestAge(path)
  spendingYear.age = age
  spendingYear.priceIndex = priceIndex
  spendingYear.inflation = path.inflation
  spendingYear.portfolioReturn = path.portfolioReturn
  spendingYear.yearsLeft = spending.lastAge === null ? household.planEnd - path.year : Math.max(1, spending.lastAge + 1 - age)
  spendingYear.balance = spendablePortfolio(path)
  if (spending.valuation !== null) spendingYear.earningsYield = Math.min(1, 1 / path.cape)
  if (spending.ratesDraws) spendingYear.balance = balancePerDraw(path, spendingYear.balance)
}

/**
 * The balance per planned yearly draw, with the draw averaged over the years left. So a planned change of expenses or income does not change
 * the rate. While future income covers all future expenses, the rate keeps its first value.
 */
function balancePerDraw(path: HouseholdPath, balance: number): number {
  const { household, priceIndex, spendingState } = path
  const { incomeToCome, expensesToCome } = household
  const expensesAt = path.widowed ? household.years + path.year : path.year
  const incomeAt = path.alive * household.years + path.year
  const drawn =
    (expensesToCome.real[expensesAt]! - incomeToCome.real[incomeAt]!) * priceIndex +
    expensesToCome.nominal[expensesAt]! -
    incomeToCome.nominal[incomeAt]!
  if (drawn > 0) return Math.max(LEAST_BALANCE, balance) / (drawn / (household.planEnd - path.year) / priceIndex)
  return spendingState.years > 0 && spendingState.initialRate > 0
    ? spendingState.base / spendingState.initialRate
    : Number.POSITIVE_INFINITY
}

function youngestAge(path: HouseholdPath): number {
  const { people } = path.household
  if (path.alive === BOTH_ALIVE) return Math.min(people[0]!.openingAge, people[1]!.openingAge) + path.year
  return people[path.alive === FIRST_ALIVE ? 0 : 1]!.openingAge + path.year
}

/** Total of all accounts, except those that pay for education only. */
export function spendablePortfolio(path: HouseholdPath): number {
  const { balance } = path.slots
  const { kinds } = path.household.withdrawals
  let total = 0
  for (let account = 0; account < kinds.length; account++) if (kinds[account] !== ACCOUNT_KIND.education) total += balance[account]!
  return total
}
