import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  BLOCK_PATHS,
  createMarket,
  type HistoricalReturns,
  type Regime,
  type RegimeModel,
  type ReturnModel,
  replayHistory,
  SPEC_LIMITS,
  simulate,
  simulatePath,
} from '../../../domain/simulation/index.ts'
import { boundedMoments, placeBounded } from '../../../domain/simulation/markets/bounded-t.ts'
import { secondRegimeProbabilities } from '../../../domain/simulation/markets/regime-switching.ts'
import { GROSS_BOUNDS } from '../../../domain/simulation/markets/student-t.ts'
import { nextChiSquare } from '../../../domain/numeric/chi-square.ts'
import { expm1 } from '../../../domain/numeric/elementary.ts'
import { BOOTSTRAP, LOGNORMAL, MONTHLY_HISTORY, noFlows, REGIMES, simulationSpec, STUDENT_T } from './specs.ts'

/** Gross returns of every factor, asset by asset and inflation last, at [factor][path][step]. */
function drawn(model: ReturnModel, stepsPerYear: 1 | 12, paths: number, steps: number): number[][][] {
  const market = createMarket(model, stepsPerYear, '20260101')
  const rows = [...market.assetGrowth, market.inflation]
  const factors = rows.map(() => Array.from({ length: paths }, (): number[] => []))
  for (let first = 0; first < paths; first += BLOCK_PATHS) {
    market.open(first)
    for (let step = 0; step < steps; step++) {
      market.step()
      for (const [factor, row] of rows.entries()) {
        for (let lane = 0; lane < BLOCK_PATHS && first + lane < paths; lane++) factors[factor]![first + lane]!.push(row[lane]!)
      }
    }
  }
  return factors
}

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length
const deviation = (values: readonly number[]): number => {
  const centre = mean(values)
  return Math.sqrt(mean(values.map(value => (value - centre) ** 2)))
}

/** Distance between the mean of a sample, or of a statistic's batches, and the expected value, in standard errors. */
const errorsFrom = (values: readonly number[], expected: number): number =>
  Math.abs(mean(values) - expected) / (deviation(values) / Math.sqrt(values.length))

const inBatches = <T>(values: readonly T[], size: number): T[][] =>
  Array.from({ length: Math.floor(values.length / size) }, (_, batch) => values.slice(batch * size, (batch + 1) * size))

const correlation = (a: readonly number[], b: readonly number[]): number => {
  const [meanA, meanB] = [mean(a), mean(b)]
  return mean(a.map((value, i) => (value - meanA) * (b[i]! - meanB))) / (deviation(a) * deviation(b))
}

const product = (values: readonly number[]): number => values.reduce((total, value) => total * value, 1)

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

/** A history in which each return identifies its period. Nothing else in it matters. */
const numbered = (periods: number): HistoricalReturns => ({
  years: Array.from({ length: periods }, (_, year) => 1 + year),
  assets: [{ key: 'only', weight: 1, returns: Array.from({ length: periods }, (_, period) => period / 2 ** 10) }],
  inflation: Array.from({ length: periods }, (_, period) => -period / 2 ** 11),
})
const periodsOf = (model: ReturnModel, paths: number, steps: number): number[][] =>
  drawn(model, 1, paths, steps)[0]!.map(path => path.map(gross => (gross - 1) * 2 ** 10))

describe('the resampling models', () => {
  test('keep all assets and inflation of a period together', () => {
    for (const model of [
      { kind: 'bootstrap' },
      { kind: 'block_bootstrap', blockLengthPeriods: 4 },
      { kind: 'stationary_bootstrap', meanBlockLengthPeriods: 4 },
    ] as const) {
      const [asset, inflation] = drawn({ ...model, ...numbered(50) }, 1, 100, 20)
      for (const [path, steps] of asset!.entries()) {
        for (const [step, gross] of steps.entries()) expect(inflation![path]![step]).toBe(1 - (gross - 1) / 2)
      }
    }
  })

  test('draw blocks of the given length, from each period with the same probability, the first period following the last', () => {
    const periods = 10
    const paths = periodsOf({ kind: 'block_bootstrap', blockLengthPeriods: 4, ...numbered(periods) }, 4000, 11)
    for (const path of paths) {
      for (const [step, period] of path.entries()) if (step % 4 !== 0) expect(period).toBe((path[step - 1]! + 1) % periods)
    }
    const starts = paths.flatMap(path => [path[0]!, path[4]!, path[8]!])
    for (let period = 0; period < periods; period++)
      expect(
        errorsFrom(
          starts.map(start => (start === period ? 1 : 0)),
          1 / periods,
        ),
      ).toBeLessThan(3)
    expect(correlation(starts.slice(0, -1), starts.slice(1))).toBeCloseTo(0, 1)
  })

  test('draw blocks of geometrically distributed length', () => {
    const periods = 500
    const meanLength = 5
    const paths = periodsOf({ kind: 'stationary_bootstrap', meanBlockLengthPeriods: meanLength, ...numbered(periods) }, 4000, 60)
    // A new block that happens to continue the old one cannot be recognised.
    const ending = (1 / meanLength) * (1 - 1 / periods)
    const jumps = paths.map(path => path.slice(1).map((period, i) => (period === (path[i]! + 1) % periods ? 0 : 1)))
    expect(errorsFrom(jumps.flat(), ending)).toBeLessThan(3)
    const firstLengths = jumps.map(path => path.indexOf(1) + 1).filter(length => length > 0)
    for (const length of [1, 2, 5, 10]) {
      expect(
        errorsFrom(
          firstLengths.map(each => (each === length ? 1 : 0)),
          ending * (1 - ending) ** (length - 1),
        ),
      ).toBeLessThan(3)
    }
  })

  test('are the independent bootstrap if blocks have one period', () => {
    const spec = (returns: ReturnModel) => simulationSpec({ returns, paths: 200, years: 5 })
    const { kind: _, ...history } = BOOTSTRAP
    const independent = simulate(spec(BOOTSTRAP)).bands
    expect(simulate(spec({ ...history, kind: 'block_bootstrap', blockLengthPeriods: 1 })).bands).toEqual(independent)
  })

  test('draw months if the history has months', () => {
    const market = drawn({ ...MONTHLY_HISTORY, kind: 'bootstrap' }, 12, 64, 24)
    const months = new Set(MONTHLY_HISTORY.assets[0]!.returns.map(rate => 1 + rate))
    for (const gross of market[0]!.flat()) expect(months.has(gross)).toBe(true)
  })
})

describe('the replay of history', () => {
  const { kind: _, ...history } = BOOTSTRAP

  test('gives each cohort exactly the result of the cohort study', () => {
    for (const flowTiming of ['begin', 'end'] as const) {
      for (const withdrawals of ['real', 'nominal'] as const) {
        const cohorts = replayHistory({ history, horizonYears: 4, withdrawalRate: 0.27, withdrawals, flowTiming })
        const flows = [0, 0, 0, 0].map(() => -0.27)
        const spec = simulationSpec({
          years: 4,
          paths: cohorts.length,
          openingBalance: 1,
          flowTiming,
          realFlows: withdrawals === 'real' ? flows : noFlows(4),
          nominalFlows: withdrawals === 'nominal' ? flows : noFlows(4),
          returns: { ...history, kind: 'historical_replay' },
        })
        const paths = cohorts.map((_, path) => simulatePath(spec, path))
        expect(paths.map(path => path.at(-1)!.closing)).toEqual(cohorts.map(cohort => cohort.closing))
        expect(paths.map(path => path.at(-1)!.paidInFull)).toEqual(cohorts.map(cohort => cohort.success))
        expect(simulate(spec).success.count).toBe(cohorts.filter(cohort => cohort.success).length)
      }
    }
  })

  test('of monthly returns starts each path in January', () => {
    const paths = drawn({ ...MONTHLY_HISTORY, kind: 'historical_replay' }, 12, 3, 24)[0]!
    const { returns } = MONTHLY_HISTORY.assets[0]!
    for (const [year, path] of paths.entries()) expect(path).toEqual(returns.slice(12 * year, 12 * year + 24).map(rate => 1 + rate))
  })
})
