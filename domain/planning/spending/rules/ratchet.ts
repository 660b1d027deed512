import { SPENDING_REASON } from '../reasons.ts'
import type { RatchetSpec } from '../spec.ts'
import type { RuleAmount } from '../state.ts'
import { initialSpending } from './initial.ts'

export function ratchet(spec: RatchetSpec): RuleAmount {
  const initial = initialSpending(spec.initial)
  const { everyYears } = spec
  const above = 1 + spec.threshold
  const raise = 1 + spec.raise
  const inReal = spec.thresholdIn === 'real'

  return (state, year) => {
    if (state.years === 0) {
      state.yearsSinceRaise = everyYears - 1
      return initial(state, year)
    }
    state.reasons = SPENDING_REASON.inflation
    state.yearsSinceRaise++
    const amount = state.base * (1 + year.inflation)
    const first = inReal ? (state.initialBalance * year.priceIndex) / state.initialPriceIndex : state.initialBalance
    if (first === 0 || state.yearsSinceRaise < everyYears || year.balance <= first * above) return amount
    state.reasons |= SPENDING_REASON.ratchet
    state.yearsSinceRaise = 0
    return amount * raise
  }
}
