import { describe, expect, test } from 'vitest'
import { lifeExpectancy, prepareLifetime, type Sex, SSA_PERIOD_2022 } from '../../../../domain/longevity/mortality/index.ts'

const expectancy = (sex: Sex, age: number, improvementAnnual = 0, asOfYear = 2022): number =>
  lifeExpectancy(prepareLifetime({ kind: 'drawn', sex, improvementAnnual }, SSA_PERIOD_2022, age, asOfYear).survival)

describe('the table of the Social Security Administration for 2022', () => {
  test.each(['male', 'female'] as const)('%s: a probability for each age 0-119, which rises from 30 on and ends at 1', sex => {
    const probabilities = SSA_PERIOD_2022.deathProbabilities[sex]
    expect(probabilities).toHaveLength(120)
    for (const [age, probability] of probabilities.entries()) {
      expect(probability).toBeGreaterThan(0)
      if (age > 30) expect(probability).toBeGreaterThan(probabilities[age - 1]!)
    }
    expect(probabilities.at(-1)).toBe(1)
  })

  test('gives the published life expectancies', () => {
    const men = [65, 66, 67, 68].map(age => Number(expectancy('male', age).toFixed(2)))
    expect(men).toEqual([17.48, 16.79, 16.11, 15.43])
    expect([65, 66].map(age => Number(expectancy('female', age).toFixed(2)))).toEqual([20.12, 19.34])
  })

  // The publisher assumes that deaths in the first year are early in that year, not in its middle.
  test('gives the published life expectancies at birth, except for the treatment of infants', () => {
    expect(Math.abs(expectancy('male', 0) - 74.74)).toBeLessThan(0.011)
    expect(Math.abs(expectancy('female', 0) - 80.18)).toBeLessThan(0.011)
  })
})

test('improvement lengthens life, and more in later years', () => {
  const plain = expectancy('female', 65)
  const improving = expectancy('female', 65, 0.01)
  expect(expectancy('female', 65, 0, 2040)).toBe(plain)
  expect(improving).toBeGreaterThan(plain + 0.5)
  expect(expectancy('female', 65, 0.01, 2040)).toBeGreaterThan(improving)
})

test('improvement lowers each probability of death by a fraction for each year since the table', () => {
  const [now, next, afterNext] = prepareLifetime(
    { kind: 'drawn', sex: 'male', improvementAnnual: 0.02 },
    SSA_PERIOD_2022,
    80,
    2023,
  ).survival
  expect(now).toBe(1)
  expect(next).toBeCloseTo(1 - 0.06066 * 0.98, 14)
  expect(afterNext! / next!).toBeCloseTo(1 - 0.067027 * 0.98 * 0.98, 14)
})
