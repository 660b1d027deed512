import { SPENDING_REASON } from '../reasons.ts'
import type { GuytonKlingerSpec } from '../spec.ts'
import type { RuleAmount, SpendingState, SpendingYear } from '../state.ts'
import { initialSpending } from './initial.ts'

/** A return above this is no loss: floating-point weights such as 0.7, 0.2 and 0.1 do not sum to exactly one. */
const LEAST_LOSS = -1e-12

export function guytonKlinger(spec: GuytonKlingerSpec): RuleAmount {
  const initial = initialSpending(spec.initial)
  const { freezeAfterLoss, preservationOffYears } = spec
  const cap = spec.inflationCap ?? Number.POSITIVE_INFINITY
  const above = 1 + spec.upperGuardrail
  const below = 1 - spec.lowerGuardrail
  const cut = 1 - spec.cut
  const raise = 1 + spec.raise

  return (state, year) => {
    if (state.years === 0) return initial(state, year)
    const loss = year.portfolioReturn < LEAST_LOSS
    const currentRate = state.base / year.balance
    if (state.initialRate === 0 && currentRate > 0) state.initialRate = currentRate
    state.equitiesSpared = loss
    const amount = freezeAfterLoss && loss && currentRate > state.initialRate ? frozen(state) : state.base * inflate(state, year, cap)
    if (currentRate > state.initialRate * above) {
      if (year.yearsLeft <= preservationOffYears) {
        state.reasons |= SPENDING_REASON.preservationOff
        return amount
      }
      state.reasons |= SPENDING_REASON.capitalPreservation
      return amount * cut
    }
    if (currentRate < state.initialRate * below) {
      state.reasons |= SPENDING_REASON.prosperity
      return amount * raise
    }
    return amount
  }
}

function frozen(state: SpendingState): number {
  state.reasons = SPENDING_REASON.inflationSkipped
  return state.base
}

function inflate(state: SpendingState, year: SpendingYear, cap: number): number {
  state.reasons = year.inflation > cap ? SPENDING_REASON.inflationCapped : SPENDING_REASON.inflation
  return 1 + Math.min(year.inflation, cap)
}
