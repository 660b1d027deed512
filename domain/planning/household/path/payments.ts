import { withdrawForYear } from '../../withdrawals/index.ts'
import { cutGoals } from './goals.ts'
import { type HouseholdPath, NOT_DEPLETED } from './household-path.ts'
import { divideTaxes } from './taxes.ts'

/**
 * Pays for the year from income and accounts, including the tax that this causes. An unpaid amount reduces goals first, then discretionary
 * spending, essential spending, debts and, last, tax.
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
  divideTaxes(path)
  takeUnpaid(path, withdrawals.unfunded)
  useSurplus(path)
  for (let i = 0; i < path.returns.length; i++) {
    const taxYear = path.returns[i]!
    const taxResult = path.taxResults[i]!
    taxYear.shortTermLossCarryover = taxResult.shortTermLossCarryover
    taxYear.longTermLossCarryover = taxResult.longTermLossCarryover
    path.magi[2 * i + (path.year % 2)] = taxResult.modifiedAdjustedGrossIncome
    path.filings[2 * i + (path.year % 2)] = taxYear.status
  }
}

/** Unpaid amounts below this come from the rounding of withdrawals, and are no failure to pay. */
const CENT = 0.01

function takeUnpaid(path: HouseholdPath, unfunded: number): void {
  const { household, flows } = path
  let left = cutGoals(path, unfunded)
  const afterGoals = left
  const allPaid = left < CENT
  const discretionary = flows.spending - flows.essentialSpending
  const essentialPaid = left < discretionary + CENT
  flows.spendingPaid = flows.spending - Math.min(left, flows.spending)
  left = Math.max(0, left - flows.spending)
  flows.debtPaid = flows.debtPayment - Math.min(left, flows.debtPayment)
  left = Math.max(0, left - flows.debtPayment)
  flows.taxPaid = flows.tax - Math.min(left, flows.tax)
  const paid = household.essentialDecides ? essentialPaid : allPaid
  if (paid || path.depletedIn !== NOT_DEPLETED) return
  path.depletedIn = path.year
  path.failedBy = essentialPaid ? 0 : causeBeyondDiscretionary(path, afterGoals)
}

/** The last of essential spending, debts and tax that the unpaid amount reaches: an index of FAILURE_CAUSES. */
function causeBeyondDiscretionary({ flows }: HouseholdPath, unpaid: number): number {
  if (unpaid < flows.spending + CENT) return 1
  return unpaid < flows.spending + flows.debtPayment + CENT ? 2 : 3
}

/**
 * The withdrawals have put the surplus into the first taxable account. It stays there, unless the plan spends surplus income. Required
 * distributions and proceeds of property are not income to live on, so they always stay.
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
