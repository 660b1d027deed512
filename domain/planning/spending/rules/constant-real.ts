import { SPENDING_REASON } from '../reasons.ts'
import type { ConstantRealSpec } from '../spec.ts'
import type { RuleAmount } from '../state.ts'
import { initialSpending } from './initial.ts'

export function constantReal(spec: ConstantRealSpec): RuleAmount {
  const initial = initialSpending(spec.initial)
  return (state, year) => {
    if (state.years === 0) return initial(state, year)
    state.reasons = SPENDING_REASON.inflation
    return state.initialReal * year.priceIndex
  }
}
