import { withdrawForYear } from '../../withdrawals/index.ts'
import { cutGoals } from './goals.ts'
import { type HouseholdPath, NOT_DEPLETED } from './household-path.ts'

/**
 * Pays the year from income and accounts, with the tax that this causes. What cannot be paid is taken from goals first, then from
 * discretionary spending, essential spending, debts and, last, tax.
 */
export function payYear(path: HouseholdPath): void {
  const { household, flows, withdrawals, withdrawalYear, slots } = path
  const wanted = flows.spending + flows.debtPayment + flows.goalsWanted + flows.contributions
  withdrawalYear.need = wanted - flows.income - flows.propertyProceeds
  withdrawForYear(household.withdrawals, slots, withdrawalYear, path.taxOf, withdrawals)
  let withdrawn = 0
  for (let account = 0; account < slots.balance.length; account++) withdrawn += withdrawals.amounts[account]!
  flows.withdrawals = withdrawn
  flows.tax = withdrawals.tax
  takeUnpaid(path, withdrawals.unfunded)
  useSurplus(path)
  const { taxYear, taxResult } = path
  taxYear.shortTermLossCarryover = taxResult.shortTermLossCarryover
  taxYear.longTermLossCarryover = taxResult.longTermLossCarryover
  path.magi[path.year % 2] = taxResult.modifiedAdjustedGrossIncome
  path.filings[path.year % 2] = taxYear.status
}

/** Amounts below this are the rounding of withdrawals, not a failure to pay. */
const CENT = 0.01

function takeUnpaid(path: HouseholdPath, unfunded: number): void {
  const { household, flows } = path
  let left = cutGoals(path, unfunded)
  const allPaid = left < CENT
  const discretionary = flows.spending - flows.essentialSpending
  const essentialPaid = left < discretionary + CENT
  flows.spendingPaid = flows.spending - Math.min(left, flows.spending)
  left = Math.max(0, left - flows.spending)
  flows.debtPaid = flows.debtPayment - Math.min(left, flows.debtPayment)
  left = Math.max(0, left - flows.debtPayment)
  flows.taxPaid = flows.tax - Math.min(left, flows.tax)
  const paid = household.essentialDecides ? essentialPaid : allPaid
  if (!paid && path.depletedIn === NOT_DEPLETED) path.depletedIn = path.year
}

/**
 * Withdrawing has put what is left over into the first taxable account, where it stays unless the plan spends it: required distributions
 * and proceeds of property, being no income to live on, stay in any case.
 */
function useSurplus(path: HouseholdPath): void {
  const { household, flows, withdrawals, slots } = path
  const spends = household.spec.withdrawals.surplus === 'spent'
  const spent = spends ? Math.max(0, withdrawals.surplus - flows.withdrawals - flows.propertyProceeds) : 0
  flows.surplusSaved = withdrawals.surplus - spent
  flows.surplusSpent = spent
  if (spent === 0) return
  const account = household.withdrawals.surplusAccount
  slots.balance[account] = Math.max(0, slots.balance[account]! - spent)
  slots.basis[account] = Math.max(0, slots.basis[account]! - spent)
}
