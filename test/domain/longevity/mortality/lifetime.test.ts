import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  drawLifetime,
  jointSurvival,
  type LifeTable,
  lifeExpectancy,
  type MortalitySpec,
  prepareLifetime,
  SSA_PERIOD_2022,
  validateMortality,
  yearsSurvived,
} from '../../../../domain/longevity/mortality/index.ts'

const drawn = (sex: 'male' | 'female', improvementAnnual = 0): MortalitySpec => ({ kind: 'drawn', sex, improvementAnnual })
const prepared = (spec: MortalitySpec, age: number) => prepareLifetime(spec, SSA_PERIOD_2022, age, 2026)
const word = fc.integer({ min: 0, max: 0xffffffff })
const age = fc.integer({ min: 0, max: 119 })

/** Half die in each year, and no one is alive after three years. */
const SHORT: LifeTable = { name: 'short', year: 2026, deathProbabilities: { male: [0.5, 0.5, 1], female: [0.5, 0.5, 1] } }

describe('a drawn lifetime', () => {
  test('divides the draws by the probabilities of the table', () => {
    const lifetime = prepareLifetime(drawn('male'), SHORT, 0, 2026)
    const quarters = [0, 0x3fffffff, 0x7fffffff, 0x80000000, 0xbfffffff, 0xc0000000, 0xffffffff]
    expect(quarters.map(draw => drawLifetime(lifetime, draw))).toEqual([0, 0, 0, 1, 1, 2, 2])
    expect([...lifetime.survival]).toEqual([1, 0.5, 0.25, 0])
  })

  test('takes signed and unsigned words alike', () => {
    fc.assert(
      fc.property(word, age, (draw, age) => {
        const lifetime = prepared(drawn('male'), age)
        expect(drawLifetime(lifetime, draw | 0)).toBe(drawLifetime(lifetime, draw))
      }),
    )
  })

  test('is never shorter for a larger draw, nor with improvement, and stays within the table', () => {
    fc.assert(
      fc.property(word, word, age, (first, second, age) => {
        const [low, high] = [Math.min(first, second), Math.max(first, second)]
        const lifetime = prepared(drawn('female'), age)
        expect(drawLifetime(lifetime, low)).toBeLessThanOrEqual(drawLifetime(lifetime, high))
        expect(drawLifetime(lifetime, low)).toBeLessThanOrEqual(drawLifetime(prepared(drawn('female', 0.01), age), low))
        expect(drawLifetime(lifetime, low)).toBeGreaterThanOrEqual(age)
        expect(drawLifetime(lifetime, high)).toBeLessThanOrEqual(119)
      }),
    )
  })

  test('has the mean of the table over evenly spread draws', () => {
    const lifetime = prepared(drawn('female'), 65)
    const draws = 100_000
    let years = 0
    for (let i = 0; i < draws; i++) years += drawLifetime(lifetime, Math.floor(((i + 0.5) / draws) * 0x100000000)) + 0.5 - 65
    expect(years / draws).toBeCloseTo(lifeExpectancy(lifetime.survival), 3)
  })
})

test('a fixed lifetime ends at its age whatever the draw', () => {
  const fixed = prepared({ kind: 'fixed', deathAge: 92 }, 60)
  fc.assert(
    fc.property(word, draw => {
      expect(drawLifetime(fixed, draw)).toBe(92)
    }),
  )
  expect(lifeExpectancy(fixed.survival)).toBe(32.5)
  expect(drawLifetime(prepared({ kind: 'fixed', deathAge: 60 }, 60), 0)).toBe(60)
})

describe('survival curves', () => {
  test('of couples: both, or either of two independent lifetimes', () => {
    const one = Float64Array.of(1, 0.8, 0.5, 0)
    const other = Float64Array.of(1, 0.5, 0)
    const rounded = (curve: Float64Array): number[] => [...curve].map(each => Number(each.toFixed(12)))
    expect(rounded(jointSurvival(one, other, 'both'))).toEqual([1, 0.4, 0, 0])
    expect(rounded(jointSurvival(one, other, 'either'))).toEqual([1, 0.9, 0.5, 0])
  })

  test('either of a couple is expected to live longer than each one; either plus both equals the sum of the two', () => {
    fc.assert(
      fc.property(age, age, (first, second) => {
        const [a, b] = [prepared(drawn('male'), first).survival, prepared(drawn('female'), second).survival]
        const either = lifeExpectancy(jointSurvival(a, b, 'either'))
        expect(either).toBeGreaterThan(Math.max(lifeExpectancy(a), lifeExpectancy(b)) - 1e-9)
        const both = lifeExpectancy(jointSurvival(a, b, 'both'))
        expect(either + both).toBeCloseTo(lifeExpectancy(a) + lifeExpectancy(b), 9)
      }),
    )
  })

  test('give the years survived with a given probability', () => {
    const survival = Float64Array.of(1, 0.8, 0.5, 0.1, 0)
    expect([1, 0.81, 0.8, 0.5, 0.2, 0.05].map(probability => yearsSurvived(survival, probability))).toEqual([0, 0, 1, 2, 2, 3])
  })
})

describe('validation', () => {
  const paths = (spec: unknown, age: number): string[] => validateMortality(spec as MortalitySpec, age).map(issue => issue.path)

  test('finds no fault in valid specifications', () => {
    expect([paths(drawn('male', 0.01), 0), paths(drawn('female'), 119), paths({ kind: 'fixed', deathAge: 70 }, 70)]).toEqual([[], [], []])
  })

  test.each([
    [{ kind: 'fixed', deathAge: 69 }, 70, 'deathAge'],
    [{ kind: 'fixed', deathAge: 120 }, 70, 'deathAge'],
    [{ kind: 'fixed', deathAge: 80.5 }, 70, 'deathAge'],
    [{ kind: 'drawn', sex: 'unknown', improvementAnnual: 0 }, 70, 'sex'],
    [{ kind: 'drawn', sex: 'male', improvementAnnual: -0.01 }, 70, 'improvementAnnual'],
    [{ kind: 'drawn', sex: 'male', improvementAnnual: 0 }, 120, 'currentAge'],
    [{ kind: 'fixed', deathAge: 119 }, 126, 'currentAge'],
    [{ kind: 'drawn', sex: 'male', improvementAnnual: 0 }, -1, 'currentAge'],
    [{ kind: 'guess' }, 70, 'kind'],
  ])('%o at %i', (spec, age, path) => {
    expect(paths(spec, age)).toEqual([path])
  })
})
