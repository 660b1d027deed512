import { allocate, commit } from './allocate.ts'
import { assessIncome } from './income.ts'
import type { WithdrawalPlan } from './plan.ts'
import type { AccountSlots, TaxOfWithdrawals, Withdrawals, WithdrawalYear } from './slots.ts'
import { ACCOUNT_KIND } from './spec.ts'

/** Dollars by which cash may differ from need and tax. */
const TOLERANCE = 0.001

const MOST_TRIALS = 60
/** From this step on the interval is halved: that ends even where the tax jumps. */
const FIRST_HALVING = 20
/** Least share of each further dollar that is assumed to remain after tax. It limits the size of a step. */
const LEAST_SLOPE = 0.1

/**
 * Pays a year's need and the tax that the withdrawals themselves cause. Required distributions come first. The rest is taken in the plan's
 * order; its amount is found by secants within a bracket. A surplus goes to the surplus account. Updates balances and basis.
 *
 * @param tax must be continuous with a marginal rate below 1 for an exact amount. Where it jumps, the amount after the jump is used
 */
export function withdrawForYear(
  plan: WithdrawalPlan,
  slots: AccountSlots,
  year: WithdrawalYear,
  tax: TaxOfWithdrawals,
  out: Withdrawals,
): void {
  commit(plan, slots, year, out)
  const left = grossUp(plan, slots, year, tax, out)
  out.surplus = left > TOLERANCE ? left : 0
  out.unfunded = left < -TOLERANCE ? -left : 0
  take(plan, slots, out)
}

/**
 * Finds the amounts: secants upwards until the need is met, then the Illinois form of false position between too little and too much.
 * Source: Dowell and Jarratt, "A modified regula falsi method for computing the root of an equation", BIT 11, 1971.
 *
 * @returns the cash that is left after need and tax
 */
function grossUp(plan: WithdrawalPlan, slots: AccountSlots, year: WithdrawalYear, tax: TaxOfWithdrawals, out: Withdrawals): number {
  let low = 0
  let leftAtLow = leftAfter(plan, slots, year, tax, low, out)
  if (leftAtLow >= -TOLERANCE) return leftAtLow
  let high = Number.POSITIVE_INFINITY
  let leftAtHigh = 0
  let wentUp = false
  let wentDown = false
  let wanted = -leftAtLow

  for (let trial = 1; trial <= MOST_TRIALS; trial++) {
    const left = leftAfter(plan, slots, year, tax, wanted, out)
    if (Math.abs(left) <= TOLERANCE) return left
    if (left > 0) {
      if (wentDown) leftAtLow /= 2
      wentDown = true
      wentUp = false
      high = wanted
      leftAtHigh = left
    } else {
      if (isExhausted(plan, slots, out)) return left
      const slope = (left - leftAtLow) / (wanted - low)
      if (wentUp) leftAtHigh /= 2
      wentUp = high < Number.POSITIVE_INFINITY
      wentDown = false
      low = wanted
      leftAtLow = left
      if (!wentUp) {
        wanted -= left / Math.max(slope, LEAST_SLOPE)
        continue
      }
    }
    wanted = trial < FIRST_HALVING ? (low * leftAtHigh - high * leftAtLow) / (leftAtHigh - leftAtLow) : (low + high) / 2
  }
  return leftAfter(plan, slots, year, tax, high, out)
}

function leftAfter(
  plan: WithdrawalPlan,
  slots: AccountSlots,
  year: WithdrawalYear,
  tax: TaxOfWithdrawals,
  wanted: number,
  out: Withdrawals,
): number {
  const cash = allocate(plan, slots, year, wanted, out)
  assessIncome(plan, slots, year, out)
  out.tax = tax(out.income)
  return cash - out.tax - year.need
}

/** Whether the amounts take the whole balance of every account in the order. */
function isExhausted(plan: WithdrawalPlan, slots: AccountSlots, out: Withdrawals): boolean {
  for (let g = 0; g < plan.groups.length; g++) {
    const { members } = plan.groups[g]!
    for (let m = 0; m < members.length; m++) if (out.amounts[members[m]!]! < slots.balance[members[m]!]!) return false
  }
  return true
}

function take(plan: WithdrawalPlan, slots: AccountSlots, out: Withdrawals): void {
  const { balance, basis, recentConversions } = slots
  for (let i = 0; i < plan.kinds.length; i++) {
    const amount = out.amounts[i]!
    if (amount === 0) continue
    if (plan.kinds[i] === ACCOUNT_KIND.taxable) {
      basis[i] = basis[i]! - basis[i]! * (amount / balance[i]!)
    } else if (plan.kinds[i] === ACCOUNT_KIND.roth) {
      const fromBasis = Math.min(amount, basis[i]!)
      basis[i] = basis[i]! - fromBasis
      recentConversions[i] = Math.max(0, recentConversions[i]! - (amount - fromBasis))
    }
    balance[i] = balance[i]! - amount
  }
  const into = plan.surplusAccount
  balance[into] = balance[into]! + out.surplus
  basis[into] = basis[into]! + out.surplus
}
