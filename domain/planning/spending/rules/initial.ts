import { SPENDING_REASON } from '../reasons.ts'
import type { InitialSpending } from '../spec.ts'
import type { RuleAmount } from '../state.ts'

/** Nominal spending of the first year. */
export function initialSpending(initial: InitialSpending): RuleAmount {
  return (state, year) => {
    state.reasons = SPENDING_REASON.initial
    return initial.kind === 'rate' ? initial.rate * year.balance : initial.amountReal * year.priceIndex
  }
}
