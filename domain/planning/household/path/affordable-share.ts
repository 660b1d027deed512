import { deduct } from './contribution-effects.ts'
import type { HouseholdPath } from './household-path.ts'
import { taxBeforeWithdrawals } from './taxes.ts'

/** Dollars by which contributions may miss what can be afforded: less than withdrawals take for a need. */
const TOLERANCE = 0.0005
const MOST_TRIALS = 60

/**
 * Share of the year's contributions, all alike, that income and required distributions pay after tax, spending and debts, with the tax that
 * the share itself saves: the Illinois form of false position, as what is left falls with the share.
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

/** Cash that is left when this share is contributed. */
function leftAfter(path: HouseholdPath, share: number): number {
  const { flows, contributed } = path
  let total = 0
  for (let i = 0; i < contributed.length; i++) total += contributed[i]!
  deduct(path, share)
  const committed = flows.requiredDistributions + path.givenBeyondRequired
  return flows.income + committed - flows.spending - flows.debtPayment - taxBeforeWithdrawals(path) - share * total
}
