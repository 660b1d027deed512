import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Regime, type RegimeModel, SPEC_LIMITS } from '../../../domain/simulation/index.ts'
import { boundedMoments, placeBounded } from '../../../domain/simulation/markets/bounded-t.ts'
import { secondRegimeProbabilities } from '../../../domain/simulation/markets/regime-switching.ts'
import { GROSS_BOUNDS } from '../../../domain/simulation/markets/student-t.ts'
import { nextChiSquare } from '../../../domain/numeric/chi-square.ts'
import { expm1 } from '../../../domain/numeric/elementary.ts'
import { correlation, drawn, errorsFrom, inBatches, product } from './draws.ts'
import { LOGNORMAL, REGIMES, STUDENT_T } from './specs.ts'

describe('the Student t model', () => {
  const moments = [...STUDENT_T.assets, { meanReturn: STUDENT_T.inflation.mean, volatility: STUDENT_T.inflation.volatility }]

  test.each([
    [5, 1, 40_000],
    [12, 12, 10_000],
  ] as const)(
    'with %i degrees of freedom and %i steps a year has the means and volatilities it is given',
    (degreesOfFreedom, steps, paths) => {
      const years = drawn({ ...STUDENT_T, degreesOfFreedom }, steps, paths, steps).map(factor => factor.map(product))
      for (const [factor, { meanReturn, volatility }] of moments.entries()) {
        const squares = years[factor]!.map(gross => (gross - 1 - meanReturn) ** 2)
        expect(errorsFrom(years[factor]!, 1 + meanReturn)).toBeLessThan(3)
        expect(errorsFrom(squares, volatility ** 2)).toBeLessThan(3)
      }
    },
  )

  test.each([
    [2.1, 0.17, 0.07],
    [3, 0.4, 0.07],
    [2.5, 1, 0.3],
    [3, 2, -0.9],
    [2.01, 1, 0.5],
  ])(
    'with %f degrees of freedom and a volatility of %f keeps the mean %f within its bounds',
    (degreesOfFreedom, volatility, meanReturn) => {
      const assets = STUDENT_T.assets.map(asset => ({ ...asset, meanReturn, volatility }))
      const years = drawn({ ...STUDENT_T, degreesOfFreedom, assets }, 1, 40_000, 1).map(factor => factor.map(product))
      expect(errorsFrom(years[0]!, 1 + meanReturn)).toBeLessThan(3)
      expect(errorsFrom(years[1]!, 1 + meanReturn)).toBeLessThan(3)
    },
  )

  const { degreesOfFreedom: degrees, meanInflation, meanReturn: rates, volatility: mostVolatility } = SPEC_LIMITS
  test.each([degrees.above + 1e-4, 2.1, 2.5, 3, 5, degrees.maximum])(
    'with %f degrees of freedom has the mean after its bounds, over all means and volatilities that a specification can have',
    degreesOfFreedom => {
      const momentsOf = boundedMoments(degreesOfFreedom, GROSS_BOUNDS)
      for (const rate of [rates.minimum, meanInflation.minimum, 0, rates.maximum]) {
        for (const volatility of [0.001, 0.05, 0.5, mostVolatility]) {
          const wanted = { mean: 1 + rate, volatility }
          const found = momentsOf(placeBounded(wanted, degreesOfFreedom, GROSS_BOUNDS))
          expect(Math.abs(found.mean - wanted.mean)).toBeLessThan(1e-4)
          // The largest deviation between two bounds is that of a variate that always lies on one of them.
          const largest = Math.sqrt((wanted.mean - GROSS_BOUNDS.least) * (GROSS_BOUNDS.most - wanted.mean))
          if (volatility < largest / 1.5) expect(Math.abs(found.volatility / volatility - 1)).toBeLessThan(0.01)
          else expect(found.volatility).toBeLessThan(volatility)
        }
      }
    },
  )

  test('keeps the volatility within its bounds with few degrees of freedom', () => {
    const assets = STUDENT_T.assets.map(asset => ({ ...asset, volatility: 0.2 }))
    const [stocks] = drawn({ ...STUDENT_T, degreesOfFreedom: 2.1, assets }, 1, 40_000, 1).map(factor => factor.map(product))
    const squares = stocks!.map(gross => (gross - 1 - assets[0]!.meanReturn) ** 2)
    expect(errorsFrom(squares, 0.04)).toBeLessThan(3)
  })

  test('has the given correlations', () => {
    const years = drawn(STUDENT_T, 1, 40_000, 1).map(factor => inBatches(factor.map(product), 400))
    for (let i = 0; i < 3; i++) {
      for (let j = 0; j < i; j++) {
        expect(
          errorsFrom(
            years[i]!.map((batch, k) => correlation(batch, years[j]![k]!)),
            STUDENT_T.correlation[i]![j]!,
          ),
        ).toBeLessThan(3)
      }
    }
  })

  test('has heavier tails than a normal distribution of the same variance, and heavier ones for fewer degrees of freedom', () => {
    const beyond = (degreesOfFreedom: number): number => {
      const { meanReturn, volatility } = STUDENT_T.assets[0]!
      const [stocks] = drawn({ ...STUDENT_T, degreesOfFreedom }, 1, 40_000, 1)
      return stocks!.filter(([gross]) => Math.abs(gross! - 1 - meanReturn) > 4 * volatility).length
    }
    // Of a normal distribution 6.3e-5 lie beyond four standard deviations: 2.5 of 40,000; of t with 5 degrees, scaled, 3.6e-3: 142.
    const heavy = beyond(5)
    expect(Math.abs(heavy - 142)).toBeLessThan(3 * Math.sqrt(142))
    expect(beyond(1000)).toBeLessThan(10)
    expect(beyond(15)).toBeLessThan(heavy)
  })

  test('takes all extremes of a step together, and none beyond its bounds', () => {
    const wild = { ...STUDENT_T, degreesOfFreedom: 2.1, assets: STUDENT_T.assets.map(asset => ({ ...asset, volatility: 2 })) }
    for (const factor of drawn(wild, 1, 5000, 2)) {
      for (const gross of factor.flat()) expect(gross >= 0.01 && gross <= 10).toBe(true)
    }
  })
})

test('a chi-square variate has the mean and the variance of its degrees of freedom', () => {
  for (const degreesOfFreedom of [2, 2.5, 7, 60]) {
    const state = Int32Array.of(1, 2, 3, 4)
    const variates = Array.from({ length: 40_000 }, () => nextChiSquare(state, 0, degreesOfFreedom))
    expect(errorsFrom(variates, degreesOfFreedom)).toBeLessThan(3)
    expect(
      errorsFrom(
        variates.map(x => (x - degreesOfFreedom) ** 2),
        2 * degreesOfFreedom,
      ),
    ).toBeLessThan(3)
    expect(Math.min(...variates)).toBeGreaterThan(0)
  }
})

test('expm1 is within 1e-14 of the exact value', () => {
  for (const x of [-0.5, -1e-9, 0, 1e-12, 0.003, 0.5]) expect(Math.abs(expm1(x) - Math.expm1(x))).toBeLessThanOrEqual(1e-14 * Math.abs(x))
})

describe('the regime model', () => {
  const always = (meanReturn: number): Regime => ({
    assets: [0, 1].map(() => ({ meanReturn, volatility: 0 })),
    inflation: { mean: 0, volatility: 0 },
    correlation: REGIMES.regimes[0].correlation,
  })
  /** Without risk each return identifies its regime. */
  const telling: RegimeModel = {
    ...REGIMES,
    regimes: [always(0.1), always(-0.1)],
  }

  test('starts with the given probabilities, and changes with its transition probabilities', () => {
    const paths = drawn(telling, 1, 8000, 12)[0]!.map(path => path.map(gross => (gross < 1 ? 1 : 0)))
    expect(
      errorsFrom(
        paths.map(path => path[0]!),
        REGIMES.start[1]!,
      ),
    ).toBeLessThan(3)
    for (const from of [0, 1]) {
      const next = paths.flatMap(path => path.slice(1).filter((_, i) => path[i] === from))
      expect(errorsFrom(next, REGIMES.transition[from]![1]!)).toBeLessThan(3)
    }
  })

  test('gives its yearly transition probabilities after twelve months', () => {
    const probability = fc.double({ min: 0, max: 0.5, noNaN: true })
    fc.assert(
      fc.property(probability, probability, (toSecond, toFirst) => {
        const stay = [1 - toSecond, toSecond]
        const model = { ...REGIMES, transition: [stay, [toFirst, 1 - toFirst]] }
        const { after } = secondRegimeProbabilities(model, 12)
        for (const [from, expected] of [toSecond, 1 - toFirst].entries()) {
          let second = from
          for (let month = 0; month < 12; month++) second = (1 - second) * after[0] + second * after[1]
          expect(second).toBeCloseTo(expected, 9)
        }
      }),
    )
  })

  test('has the means and volatilities of the regime that rules', () => {
    for (const [index, regime] of REGIMES.regimes.entries()) {
      const transition = [0, 1].map(() => [1 - index, index])
      const years = drawn({ ...REGIMES, start: [1 - index, index], transition }, 1, 20_000, 2)
      for (const [asset, { meanReturn, volatility }] of regime.assets.entries()) {
        expect(errorsFrom(years[asset]!.flat(), 1 + meanReturn)).toBeLessThan(3)
        expect(
          errorsFrom(
            years[asset]!.flat().map(gross => (gross - 1 - meanReturn) ** 2),
            volatility ** 2,
          ),
        ).toBeLessThan(3)
      }
    }
  })

  test('is lognormal if both regimes are equal', () => {
    const { assets, inflation, correlation } = LOGNORMAL
    const regime = { assets, inflation, correlation }
    const equal: RegimeModel = { ...REGIMES, regimes: [regime, regime] }
    expect(errorsFrom(drawn(equal, 1, 20_000, 1)[0]!.flat(), 1 + assets[0]!.meanReturn)).toBeLessThan(3)
  })
})
