import { log } from '../../numeric/index.ts'
import { HOUSEHOLD_LIMITS } from '../household/limits.ts'
import type { AgeCurve } from './spec.ts'

/** The factor of each age 0..120. Without a curve, all are 1. */
export function factorsByAge(curve: AgeCurve | undefined): Float64Array {
  const factors = new Float64Array(HOUSEHOLD_LIMITS.age + 1).fill(1)
  if (curve === undefined) return factors
  const { points, interpolation } = curve
  for (let age = 0; age <= HOUSEHOLD_LIMITS.age; age++) {
    const next = points.findIndex(point => point.age > age)
    const before = points[next === -1 ? points.length - 1 : Math.max(next - 1, 0)]!
    const after = points[next === -1 ? points.length - 1 : next]!
    const between = interpolation === 'linear' && after.age > before.age && age > before.age
    const share = between ? (age - before.age) / (after.age - before.age) : 0
    factors[age] = before.factor + share * (after.factor - before.factor)
  }
  return factors
}

const SMILE_FIRST_AGE = 60
const SMILE_LAST_AGE = 90

/**
 * The "retirement spending smile": real spending falls faster until the late seventies, then more and more slowly. The change from one age
 * to the next is 0.00008 age^2 - 0.0125 age - 0.0066 ln(spending) + 0.546, at the spending of the first year. Before 60 and after 90, where
 * the study has no data, spending is level.
 * Source: Blanchett, "Exploring the Retirement Consumption Puzzle", Journal of Financial Planning 27(5), 2014, equation 1.
 *
 * @param spendingReal spending of the first year of retirement, positive
 * @param retirementAge whole years, 0..90: the age with the factor 1
 */
export function retirementSpendingSmile(spendingReal: number, retirementAge: number): AgeCurve {
  const firstAge = Math.max(retirementAge, SMILE_FIRST_AGE)
  const ofSpending = 0.546 - 0.0066 * log(spendingReal)
  const points = [{ age: firstAge, factor: 1 }]
  let factor = 1
  for (let age = firstAge + 1; age <= SMILE_LAST_AGE; age++) {
    factor *= 1 + (0.00008 * age * age - 0.0125 * age + ofSpending)
    points.push({ age, factor })
  }
  return { interpolation: 'linear', points }
}
