import { SPENDING_REASON } from '../reasons.ts'
import type { CapeBasedSpec, FixedPercentSpec, FloorCeilingSpec, NinetyFivePercentSpec } from '../spec.ts'
import type { RuleAmount } from '../state.ts'

export function fixedPercent({ rate }: FixedPercentSpec): RuleAmount {
  return (state, year) => {
    state.reasons = SPENDING_REASON.balanceShare
    return rate * year.balance
  }
}

export function floorCeiling({ rate, around, floorBelow, ceilingAbove }: FloorCeilingSpec): RuleAmount {
  return (state, year) => {
    const amount = rate * year.balance
    state.reasons = SPENDING_REASON.balanceShare
    if (state.years === 0) return amount
    const middle = around === 'first' ? state.initialReal * year.priceIndex : state.base * (1 + year.inflation)
    const floor = middle * (1 - floorBelow)
    const ceiling = middle * (1 + ceilingAbove)
    if (amount < floor) {
      state.reasons = SPENDING_REASON.floor
      return floor
    }
    if (amount > ceiling) {
      state.reasons = SPENDING_REASON.ceiling
      return ceiling
    }
    return amount
  }
}

export function ninetyFivePercent({ rate, keep }: NinetyFivePercentSpec): RuleAmount {
  return (state, year) => {
    const amount = rate * year.balance
    const kept = keep * state.base
    state.reasons = SPENDING_REASON.balanceShare
    if (state.years === 0 || amount >= kept) return amount
    state.reasons = SPENDING_REASON.keptShare
    return kept
  }
}

export function capeBased({ baseRate, yieldShare }: CapeBasedSpec): RuleAmount {
  return (state, year) => {
    state.reasons = SPENDING_REASON.earningsYield
    return Math.min(1, baseRate + yieldShare * (year.earningsYield ?? 0)) * year.balance
  }
}
