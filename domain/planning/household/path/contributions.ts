import { ACCOUNT_KIND } from '../../withdrawals/index.ts'
import { affordableShare } from './affordable-share.ts'
import { cutIraContributions, cutWorkplaceContributions } from './contribution-cuts.ts'
import { deduct, kindOf, matchAt } from './contribution-effects.ts'
import { type HouseholdPath, livesIn } from './household-path.ts'

/**
 * Decides the year's contributions: the planned ones, cut to the legal limits, then all by the same share to the amount that income and
 * required distributions leave after tax, spending and debts. No account is drawn on to contribute to another. The tax of a conversion is
 * not counted here: the accounts pay it later.
 */
export function decideContributions(path: HouseholdPath): void {
  const { flows, contributed, matched, returns, household } = path
  flows.contributions = 0
  flows.employerMatch = 0
  if (!planContributions(path)) return
  cutWorkplaceContributions(path)
  cutIraContributions(path)
  const share = affordableShare(path)
  deduct(path, share)
  for (let i = 0; i < contributed.length; i++) {
    matched[i] = matchAt(path, i, share)
    contributed[i] = contributed[i]! * share
    flows.contributions += contributed[i]!
    flows.employerMatch += matched[i]!
    const person = household.contributions.person[i]!
    if (kindOf(path, i) === ACCOUNT_KIND.roth && contributed[i]! > 0) path.rothSince[person] = Math.min(path.rothSince[person]!, path.year)
  }
  for (let i = 0; i < returns.length; i++) path.baseOtherIncome[i] = returns[i]!.otherIncome
}

/** Pays the decided contributions into the accounts, after the year's withdrawals. */
export function contribute(path: HouseholdPath): void {
  const { household, contributed, matched, slots, flows } = path
  if (flows.contributions === 0) return
  const { account } = household.contributions
  for (let i = 0; i < contributed.length; i++) {
    const into = account[i]!
    const added = contributed[i]! + matched[i]!
    slots.balance[into] = slots.balance[into]! + added
    if (kindOf(path, i) === ACCOUNT_KIND.taxable || kindOf(path, i) === ACCOUNT_KIND.roth) slots.basis[into] = slots.basis[into]! + added
  }
}

/** Sets the planned contributions. @returns whether there are any */
function planContributions(path: HouseholdPath): boolean {
  const { household, contributed, deductible, employerShare, priceIndex } = path
  const streams = household.contributions
  let any = false
  for (let i = 0; i < contributed.length; i++) {
    const at = i * household.years + path.year
    const paid = livesIn(path, streams.person[i]!) && livesIn(path, streams.earner[i]!)
    const amount = paid ? streams.real[at]! * priceIndex + streams.nominal[at]! : 0
    contributed[i] = amount
    deductible[i] = 0
    employerShare[i] = 1
    if (amount > 0) any = true
  }
  return any
}
