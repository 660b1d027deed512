import { employerMatch } from '../../../us-tax/index.ts'
import { ACCOUNT_KIND } from '../../withdrawals/index.ts'
import type { HouseholdPath } from './household-path.ts'

/** ACCOUNT_KIND of the account that receives a contribution. */
export function kindOf(path: HouseholdPath, contribution: number): number {
  return path.household.withdrawals.kinds[path.household.contributions.account[contribution]!]!
}

/** Sets the tax returns for a share of the contributions: their deductions, and Roth matches, which are income (IRC 402A(a)(2)). */
export function deduct(path: HouseholdPath, share: number): void {
  const { contributed, deductible, household, returnOf, returns } = path
  for (let i = 0; i < returns.length; i++) {
    returns[i]!.deductibleContributions = 0
    returns[i]!.otherIncome = path.baseOtherIncome[i]!
  }
  for (let i = 0; i < contributed.length; i++) {
    const own = returns[returnOf[household.contributions.person[i]!]!]!
    own.deductibleContributions += deductible[i]! * share
    if (kindOf(path, i) === ACCOUNT_KIND.roth) own.otherIncome += matchAt(path, i, share)
  }
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
