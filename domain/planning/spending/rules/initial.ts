import { SPENDING_REASON } from '../reasons.ts'
import type { InitialSpending } from '../spec.ts'
import type { RuleAmount } from '../state.ts'

/** Nominal spending of the first year. */
export function initialSpending(initial: InitialSpending): RuleAmount {
  const share = initial.kind === 'rate' ? initial.rate : 0
  const amountReal = initial.kind === 'amount' ? initial.amountReal : 0
  return (state, year) => {
    state.reasons = SPENDING_REASON.initial
    return share * year.balance + amountReal * year.priceIndex
  }
}
