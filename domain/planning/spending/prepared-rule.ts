import { factorsByAge } from './age-curve.ts'
import { SPENDING_REASON } from './reasons.ts'
import { capeBased, fixedPercent, floorCeiling, ninetyFivePercent } from './rules/balance-share.ts'
import { constantReal } from './rules/constant-real.ts'
import { guytonKlinger } from './rules/guyton-klinger.ts'
import { hebelerAutopilot, oneOverN, rmd, vpw } from './rules/life-span.ts'
import { ratchet } from './rules/ratchet.ts'
import type { SpendingRuleSpec, SpendingSpec } from './spec.ts'
import type { RuleAmount, SpendingState, SpendingYear } from './state.ts'

/** A specification prepared for all paths and years. It holds no state of a path. */
export interface PreparedRule {
  amount: RuleAmount
  essentialReal: number
  ageFactors: Float64Array
  essentialAgeFactors: Float64Array
  essentialDecides: boolean
}

/** @param spec valid by validateSpending */
export function prepareSpendingRule(spec: SpendingSpec): PreparedRule {
  return {
    amount: amountOf(spec.rule),
    essentialReal: spec.essentialReal,
    ageFactors: factorsByAge(spec.ageCurve),
    essentialAgeFactors: factorsByAge(spec.essentialAgeCurve),
    essentialDecides: spec.success === 'essential',
  }
}

function amountOf(rule: SpendingRuleSpec): RuleAmount {
  switch (rule.kind) {
    case 'constant-real':
      return constantReal(rule)
    case 'fixed-percent':
      return fixedPercent(rule)
    case 'floor-ceiling':
      return floorCeiling(rule)
    case 'guyton-klinger':
      return guytonKlinger(rule)
    case 'vpw':
      return vpw(rule)
    case 'rmd':
      return rmd(rule)
    case 'ratchet':
      return ratchet(rule)
    case 'ninety-five-percent':
      return ninetyFivePercent(rule)
    case 'one-over-n':
      return oneOverN
    case 'hebeler-autopilot':
      return hebelerAutopilot(rule)
    case 'cape-based':
      break
  }
  return capeBased(rule)
}

/** Resets a state to the start of a path. */
export function beginPath(state: SpendingState): void {
  state.years = 0
  state.equitiesSpared = false
}

/**
 * Decides the nominal spending of a year. The rule does not check that the balance can pay it. Called once per year of spending, in order.
 * Writes the amount, its parts and the reasons into the state. The state keeps the first year's withdrawal rate, real amount and balance.
 */
export function spendingForYear(rule: PreparedRule, state: SpendingState, year: SpendingYear): number {
  const { balance, priceIndex, age } = year
  const allowed = rule.amount(state, year)
  const factor = rule.ageFactors[age]!
  const essential = rule.essentialReal * priceIndex * rule.essentialAgeFactors[age]!
  const shaped = allowed * factor
  const protectedByNeed = shaped < essential
  const base = protectedByNeed && factor > 0 ? essential / factor : allowed

  if (state.years === 0) {
    state.initialRate = base / balance
    state.initialReal = base / priceIndex
    state.initialBalance = balance
    state.initialPriceIndex = priceIndex
  } else if (factor !== state.ageFactor) {
    state.reasons |= SPENDING_REASON.age
  }
  if (protectedByNeed) state.reasons |= SPENDING_REASON.essential
  state.years++
  state.base = base
  state.ageFactor = factor
  state.total = protectedByNeed ? essential : shaped
  state.essential = essential
  state.discretionary = state.total - essential
  return state.total
}

/** The unpaid part of the spending that decides success, when `paid` of the latest year's total was paid; 0 when that was enough. */
export function unfundedSpending(rule: PreparedRule, state: SpendingState, paid: number): number {
  return Math.max(0, (rule.essentialDecides ? state.essential : state.total) - paid)
}
