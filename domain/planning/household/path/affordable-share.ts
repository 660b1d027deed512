import { deduct } from './contribution-effects.ts'
import type { HouseholdPath } from './household-path.ts'
import { taxBeforeWithdrawals } from './taxes.ts'

/** Largest error of the contributions, in dollars. It is too small for withdrawals to count as a need. */
const TOLERANCE = 0.0005
const MOST_TRIALS = 60

/**
 * The share of the year's contributions that income and required distributions can pay after tax, spending and debts. It includes the tax
 * that the contributions save. Found by the Illinois form of false position, since the remaining cash falls as the share rises.
 * Source: Dowell and Jarratt, "A modified regula falsi method for computing the root of an equation", BIT 11, 1971.
 */
export function affordableShare(path: HouseholdPath): number {
  let high = 1
  let leftAtHigh = leftAfter(path, high)
  if (leftAtHigh >= 0) return 1
  let low = 0
  let leftAtLow = leftAfter(path, low)
  if (leftAtLow <= 0) return 0
  let wentUp = false
  let wentDown = false
  for (let trial = 0; trial < MOST_TRIALS; trial++) {
    const share = (low * leftAtHigh - high * leftAtLow) / (leftAtHigh - leftAtLow)
    const left = leftAfter(path, share)
    if (Math.abs(left) <= TOLERANCE) return share
    if (left > 0) {
      low = share
      leftAtLow = left
      if (wentUp) leftAtHigh /= 2
    } else {
      high = share
      leftAtHigh = left
      if (wentDown) leftAtLow /= 2
    }
    wentUp = left > 0
    wentDown = !wentUp
  }
  return low
}

/** The remaining cash when this share is contributed. */
function leftAfter(path: HouseholdPath, share: number): number {
  const { flows, contributed } = path
  let total = 0
  for (let i = 0; i < contributed.length; i++) total += contributed[i]!
  deduct(path, share)
  const committed = flows.requiredDistributions + path.givenBeyondRequired
  return flows.income + committed - flows.spending - flows.debtPayment - taxBeforeWithdrawals(path) - share * total
}
