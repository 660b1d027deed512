import { employerMatch } from '../../../us-tax/index.ts'
import { ACCOUNT_KIND } from '../../withdrawals/index.ts'
import type { HouseholdPath } from './household-path.ts'

/** ACCOUNT_KIND of the account that receives a contribution. */
export function kindOf(path: HouseholdPath, contribution: number): number {
  return path.household.withdrawals.kinds[path.household.contributions.account[contribution]!]!
}

/** Sets the tax return for a share of the contributions: their deductions, and Roth matches, which are income (IRC 402A(a)(2)). */
export function deduct(path: HouseholdPath, share: number): void {
  const { contributed, deductible, taxYear } = path
  let deducted = 0
  let rothMatch = 0
  for (let i = 0; i < contributed.length; i++) {
    deducted += deductible[i]! * share
    if (kindOf(path, i) === ACCOUNT_KIND.roth) rothMatch += matchAt(path, i, share)
  }
  taxYear.deductibleContributions = deducted
  taxYear.otherIncome = path.baseOtherIncome + rothMatch
}

/** The employer's match of a share of the contributions. The law limits the pay that counts, and the sum of all additions to a plan. */
export function matchAt(path: HouseholdPath, contribution: number, share: number): number {
  const { household, contributed, employerShare, priceIndex } = path
  const { matchRate, matchedShare, matchedIncomeReal, matchedIncomeNominal, limited } = household.contributions
  const rate = matchRate[contribution]!
  const amount = contributed[contribution]! * share
  if (rate === 0 || amount === 0) return 0
  const at = contribution * household.years + path.year
  const pay = matchedIncomeReal[at]! * priceIndex + matchedIncomeNominal[at]!
  const upTo = matchedShare[contribution]!
  if (limited[contribution] === 0) return rate * Math.min(amount, upTo * pay)
  return employerShare[contribution]! * employerMatch(household.contributionLimits.table, priceIndex, pay, amount, rate, upTo)
}
