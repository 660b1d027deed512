import { HOUSEHOLD_LIMITS } from '../../household/limits.ts'
import { annuityDuePayment } from '../annuity-payment.ts'
import { SPENDING_REASON } from '../reasons.ts'
import type { HebelerAutopilotSpec, RmdSpec, VpwSpec } from '../spec.ts'
import type { RuleAmount, SpendingState, SpendingYear } from '../state.ts'

export function vpw({ growthReal, legacyReal }: VpwSpec): RuleAmount {
  const byYearsLeft = (presentValue: number, futureValue: number): Float64Array =>
    Float64Array.from({ length: HOUSEHOLD_LIMITS.age + 1 }, (_, years) =>
      annuityDuePayment(growthReal, Math.max(years, 1), presentValue, futureValue),
    )
  const perBalance = byYearsLeft(1, 0)
  const forLegacy = byYearsLeft(0, legacyReal)
  return (state, year) => {
    state.reasons = SPENDING_REASON.yearsLeft
    return Math.max(0, year.balance * perBalance[year.yearsLeft]! + year.priceIndex * forLegacy[year.yearsLeft]!)
  }
}

export function oneOverN(state: SpendingState, year: SpendingYear): number {
  state.reasons = SPENDING_REASON.yearsLeft
  return year.balance / year.yearsLeft
}

export function rmd(spec: RmdSpec): RuleAmount {
  const byAge = divisorsByAge(spec)
  return (state, year) => {
    state.reasons = SPENDING_REASON.lifeExpectancy
    return year.balance / byAge[year.age]!
  }
}

export function hebelerAutopilot(spec: HebelerAutopilotSpec): RuleAmount {
  const { lastYearShare } = spec
  const byAge = divisorsByAge(spec)
  return (state, year) => {
    const payment = year.balance / byAge[year.age]!
    state.reasons = state.years === 0 ? SPENDING_REASON.lifeExpectancy : SPENDING_REASON.blend
    return state.years === 0 ? payment : lastYearShare * state.base * (1 + year.inflation) + (1 - lastYearShare) * payment
  }
}

function divisorsByAge({ firstAge, divisors }: Pick<RmdSpec, 'firstAge' | 'divisors'>): Float64Array {
  return Float64Array.from({ length: HOUSEHOLD_LIMITS.age + 1 }, (_, age) =>
    age < firstAge ? divisors[0]! + (firstAge - age) : divisors[Math.min(age - firstAge, divisors.length - 1)]!,
  )
}
