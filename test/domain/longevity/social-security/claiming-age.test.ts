import { describe, expect, test } from 'vitest'
import {
  fullRetirementAgeMonths,
  retirementFactor,
  spouseFactor,
  survivorFactor,
  survivorFullRetirementAgeMonths,
} from '../../../../domain/longevity/social-security/index.ts'

test.each([
  [1937, 65, 0],
  [1940, 65, 6],
  [1943, 66, 0],
  [1954, 66, 0],
  [1957, 66, 6],
  [1959, 66, 10],
  [1960, 67, 0],
  [2000, 67, 0],
])('full retirement age of someone born in %i is %i and %i months', (birthYear, years, months) => {
  expect(fullRetirementAgeMonths(birthYear)).toBe(12 * years + months)
})

test.each([
  [1939, 65, 0],
  [1945, 66, 0],
  [1956, 66, 0],
  [1959, 66, 6],
  [1962, 67, 0],
])('of a survivor born in %i it is %i and %i months', (birthYear, years, months) => {
  expect(survivorFullRetirementAgeMonths(birthYear)).toBe(12 * years + months)
})

describe('a worker', () => {
  test.each([
    // SSA, "Retirement age and benefit reduction" and "Delayed retirement credits".
    [1960, 62, 0.7],
    [1960, 63, 0.75],
    [1960, 64, 0.8],
    [1960, 65, 0.8667],
    [1960, 66, 0.9333],
    [1960, 67, 1],
    [1960, 70, 1.24],
    [1955, 62, 0.7417],
    [1955, 70, 1.3067],
    [1950, 62, 0.75],
    [1950, 70, 1.32],
    [1938, 70, 1 + (0.065 * 58) / 12],
    [1920, 70, 1.15],
  ])('born in %i who claims at %i is paid %d of the primary insurance amount', (birthYear, age, factor) => {
    expect(retirementFactor(birthYear, 12 * age)).toBeCloseTo(factor, 4)
  })

  test('earns no credit after 70', () => {
    expect(retirementFactor(1960, 12 * 75)).toBe(retirementFactor(1960, 12 * 70))
  })
})

test.each([
  // SSA: a spouse with a full retirement age of 67 is paid 32.5 % of the worker's amount at 62, half of it from 67 on.
  [62, 0.65],
  [64, 0.75],
  [66, 11 / 12],
  [67, 1],
  [70, 1],
])('a spouse born in 1960 who claims at %i is paid %d of the spouse’s benefit', (age, factor) => {
  expect(spouseFactor(1960, 12 * age)).toBeCloseTo(factor, 10)
})

test.each([
  [60, 0.715],
  [62, 0.7964],
  [65, 0.9186],
  [67, 1],
])('a survivor born in 1962 who claims at %i is paid %d', (age, factor) => {
  expect(survivorFactor(1962, 12 * age)).toBeCloseTo(factor, 4)
})
