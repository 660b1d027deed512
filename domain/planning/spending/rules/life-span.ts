import { OLDEST_AGE } from '../age-curve.ts'
import { annuityDuePayment } from '../annuity-payment.ts'
import { SPENDING_REASON } from '../reasons.ts'
import type { RmdSpec, VpwSpec } from '../spec.ts'
import type { RuleAmount } from '../state.ts'

export function vpw({ growthReal, legacyReal }: VpwSpec): RuleAmount {
  const byYearsLeft = (presentValue: number, futureValue: number): Float64Array =>
    Float64Array.from({ length: OLDEST_AGE + 1 }, (_, years) =>
      annuityDuePayment(growthReal, Math.max(years, 1), presentValue, futureValue),
    )
  const perBalance = byYearsLeft(1, 0)
  const forLegacy = byYearsLeft(0, legacyReal)
  return (state, year) => {
    state.reasons = SPENDING_REASON.yearsLeft
    return Math.max(0, year.balance * perBalance[year.yearsLeft]! + year.priceIndex * forLegacy[year.yearsLeft]!)
  }
}

export function rmd({ firstAge, divisors }: RmdSpec): RuleAmount {
  const byAge = Float64Array.from({ length: OLDEST_AGE + 1 }, (_, age) =>
    age < firstAge ? divisors[0]! + (firstAge - age) : divisors[Math.min(age - firstAge, divisors.length - 1)]!,
  )
  return (state, year) => {
    state.reasons = SPENDING_REASON.lifeExpectancy
    return year.balance / byAge[year.age]!
  }
}
