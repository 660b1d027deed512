import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type LognormalModel, simulate, simulatePath, simulateShard } from '../../../domain/simulation/index.ts'
import { BOOTSTRAP, certain, LOGNORMAL, noFlows, simulationSpec } from './specs.ts'

/** Withdraws 40,000 of today's money a year for three years from 100,000 that earn 5 % while prices rise 2 %. */
const threeYears = { years: 3, openingBalance: 100_000, realFlows: [-40_000, -40_000, -40_000], nominalFlows: noFlows(3), paths: 3 }

describe('without risk, the ledger is the one worked out by hand', () => {
  const closings = (changes: Parameters<typeof simulationSpec>[0]): number[] =>
    simulatePath(simulationSpec({ ...threeYears, returns: certain(0.05, 0.02), ...changes }), 2).map(year => year.closing)

  test('with withdrawals at the beginning of years', () => {
    // (100,000 - 40,000) 1.05 = 63,000; (63,000 - 40,800) 1.05 = 23,310; 23,310 < 41,616.
    const [first, second, third] = closings({})
    expect(first).toBeCloseTo(63_000, 6)
    expect(second).toBeCloseTo(23_310, 6)
    expect(third).toBe(0)
  })

  test('with withdrawals at the end of years, at year-end prices', () => {
    // 105,000 - 40,800 = 64,200; 67,410 - 41,616 = 25,794; 27,083.70 < 42,448.32.
    const [first, second, third] = closings({ flowTiming: 'end' })
    expect(first).toBeCloseTo(64_200, 6)
    expect(second).toBeCloseTo(25_794, 6)
    expect(third).toBe(0)
  })

  test('with monthly steps, which compound to the annual rates', () => {
    const [growth, prices] = [1.05 ** (1 / 12), 1.02 ** (1 / 12)]
    let balance = 100_000
    for (let month = 0; month < 12; month++) balance = (balance - (40_000 / 12) * prices ** month) * growth
    expect(closings({ stepsPerYear: 12 })[0]).toBeCloseTo(balance, 6)
  })

  test('with nominal flows beside the real ones', () => {
    // (100,000 - 40,000 + 10,000) 1.05 = 73,500; (73,500 - 40,800 + 10,000) 1.05 = 44,835; (44,835 - 41,616 + 10,000) 1.05 = 13,879.95.
    const found = closings({ nominalFlows: [10_000, 10_000, 10_000] })
    for (const [year, expected] of [73_500, 44_835, 13_879.95].entries()) expect(found[year]).toBeCloseTo(expected, 6)
  })

  test('and the whole run agrees for each path', () => {
    const result = simulate(simulationSpec({ ...threeYears, returns: certain(0.05, 0.02), percentiles: [0.5] }))
    expect(result.success.count).toBe(0)
    expect(result.depletion).toEqual([0, 0, 3])
    expect(result.bands.nominal[0]![0]).toBe(100_000)
    expect(result.bands.nominal[0]![2]).toBeCloseTo(23_310, 6)
    expect(result.bands.real[0]![2]).toBeCloseTo(23_310 / 1.02 ** 2, 6)
    expect(result.portfolioReturn.nominal.arithmeticMean).toBeCloseTo(0.05, 11)
    expect(result.portfolioReturn.nominal.meanAnnualised).toBeCloseTo(0.05, 11)
    expect(result.portfolioReturn.real.arithmeticMean).toBeCloseTo(1.05 / 1.02 - 1, 11)
    expect(result.portfolioReturn.real.meanAnnualised).toBeCloseTo(1.05 / 1.02 - 1, 11)
    expect(result.endingWealth.nominal).toEqual({ mean: 0, standardDeviation: 0, minimum: 0, maximum: 0, percentiles: [0] })
  })
})

describe('success', () => {
  const outcome = (openingBalance: number, realFlows: number[]) => {
    const spec = simulationSpec({
      years: realFlows.length,
      nominalFlows: noFlows(realFlows.length),
      paths: 1,
      openingBalance,
      realFlows,
      returns: certain(0, 0),
    })
    return { result: simulate(spec), ledger: simulatePath(spec, 0) }
  }

  test('is a balance of exactly zero after the last payment', () => {
    const { result } = outcome(300, [-100, -100, -100])
    expect(result.success).toMatchObject({ count: 1, probability: 1 })
    expect(result.endingWealth.nominal.mean).toBe(0)
    expect(result.depletion).toEqual([0, 0, 0])
  })

  test('is also a balance of zero on the way, if a contribution comes before the next payment', () => {
    expect(outcome(100, [-100, 50, -50]).result.success.count).toBe(1)
  })

  test('is lost for good with the first payment that is not paid in full; the rest of the balance is paid', () => {
    const { result, ledger } = outcome(150, [-100, -100, 500, -1])
    expect(result.success.count).toBe(0)
    expect(result.depletion).toEqual([0, 1, 0, 0])
    expect(ledger.map(year => year.flow)).toEqual([-100, -50, 0, 0])
    expect(ledger.map(year => year.closing)).toEqual([50, 0, 0, 0])
    expect(ledger.map(year => year.paidInFull)).toEqual([true, false, false, false])
  })

  test('never comes from withdrawing more: common random numbers', () => {
    expect.hasAssertions()
    const raise = fc.array(fc.integer({ min: 0, max: 20_000 }), { minLength: 15, maxLength: 15 })
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 60_000 }),
        raise,
        fc.constantFrom('begin', 'end'),
        fc.constantFrom(1, 12),
        (withdrawal, raises, flowTiming, stepsPerYear) => {
          const base = { years: 15, paths: 130, nominalFlows: noFlows(15), openingBalance: 400_000, flowTiming, stepsPerYear }
          const less = simulateShard(simulationSpec({ ...base, realFlows: raises.map(() => -withdrawal) }), 0, 130)
          const more = simulateShard(simulationSpec({ ...base, realFlows: raises.map(raised => -withdrawal - raised) }), 0, 130)
          for (let path = 0; path < 130; path++) {
            const [a, b] = [less.depletedIn[path]!, more.depletedIn[path]!]
            expect(a === -1 || (b !== -1 && b <= a)).toBe(true)
          }
        },
      ),
      { numRuns: 25 },
    )
  })
})

describe('lognormal wealth without flows', () => {
  const PATHS = 40_000
  const years = 10
  const spec = simulationSpec({ years, paths: PATHS, openingBalance: 1, realFlows: noFlows(years), nominalFlows: noFlows(years) })
  const logParameters = (mean: number, volatility: number) => {
    const variance = Math.log(1 + (volatility / (1 + mean)) ** 2)
    return { mean: Math.log(1 + mean) - variance / 2, volatility: Math.sqrt(variance) }
  }

  test('has the closed-form mean and variance of the rebalanced portfolio', () => {
    const { mean, secondMoment } = portfolioMoments(LOGNORMAL)
    const ends = simulateShard(spec, 0, PATHS).nominal.slice(-PATHS)
    expect(distance(ends, mean ** years, secondMoment ** years - mean ** (2 * years))).toBeLessThan(3)
  })

  test('has the mean and variance of a single asset in monthly steps, and its logarithm those of the normal distribution', () => {
    const returns: LognormalModel = { ...certain(0.07, 0.02), assets: [{ key: 'only', weight: 1, meanReturn: 0.07, volatility: 0.18 }] }
    const ends = simulateShard({ ...spec, stepsPerYear: 12, returns, paths: 20_000 }, 0, 20_000).nominal.slice(-20_000)
    const secondMoment = 1.07 ** 2 + 0.18 ** 2
    expect(distance(ends, 1.07 ** years, secondMoment ** years - 1.07 ** (2 * years))).toBeLessThan(3)
    const log = logParameters(0.07, 0.18)
    const logEnds = ends.map(x => Math.log(x))
    expect(distance(logEnds, log.mean * years, log.volatility ** 2 * years)).toBeLessThan(3)
  })

  test('has the given correlation of log returns, inflation included', () => {
    const n = 20_000
    const one = { years: 1, paths: n, realFlows: [0], nominalFlows: [0], openingBalance: 1 }
    const only = (asset: number): LognormalModel => ({
      ...LOGNORMAL,
      assets: LOGNORMAL.assets.map((a, i) => ({ ...a, weight: i === asset ? 1 : 0 })),
    })
    const shards = [0, 1].map(asset => simulateShard(simulationSpec({ ...one, returns: only(asset) }), 0, n))
    const series = [shards[0]!.nominal, shards[1]!.nominal, shards[0]!.priceIndex].map(values => standardised(values.map(x => Math.log(x))))
    for (const [i, j] of [
      [0, 1],
      [0, 2],
      [1, 2],
    ] as const) {
      const rho = LOGNORMAL.correlation[i]![j]!
      const found = series[i]!.reduce((total, x, path) => total + x * series[j]![path]!, 0) / n
      expect(Math.abs(found - rho)).toBeLessThan((3 * (1 - rho * rho)) / Math.sqrt(n))
    }
  })

  function portfolioMoments(model: LognormalModel): { mean: number; secondMoment: number } {
    const mean = model.assets.reduce((total, asset) => total + asset.weight * (1 + asset.meanReturn), 0)
    const log = model.assets.map(asset => logParameters(asset.meanReturn, asset.volatility))
    let secondMoment = 0
    for (const [i, a] of model.assets.entries()) {
      for (const [j, b] of model.assets.entries()) {
        const covariance = model.correlation[i]![j]! * log[i]!.volatility * log[j]!.volatility
        secondMoment += a.weight * b.weight * (1 + a.meanReturn) * (1 + b.meanReturn) * Math.exp(covariance)
      }
    }
    return { mean, secondMoment }
  }
})

describe('the bootstrap', () => {
  const years = 20
  const n = 20_000
  const spec = simulationSpec({
    years,
    paths: n,
    returns: BOOTSTRAP,
    openingBalance: 1,
    realFlows: noFlows(years),
    nominalFlows: noFlows(years),
  })
  const growth = BOOTSTRAP.years.map(
    (_, row) => 1 + BOOTSTRAP.assets.reduce((total, asset) => total + asset.weight * asset.returns[row]!, 0),
  )
  const mean = (values: number[]): number => values.reduce((total, value) => total + value, 0) / values.length

  test('draws only the given years, and inflation with the year it belongs to', () => {
    const pairs = new Set(growth.map((g, row) => `${g.toFixed(12)} ${(1 + BOOTSTRAP.inflation[row]!).toFixed(12)}`))
    for (let path = 0; path < 50; path++) {
      let priceIndex = 1
      for (const year of simulatePath(spec, path)) {
        expect(pairs).toContain(`${year.portfolioGrowth.toFixed(12)} ${(year.priceIndex / priceIndex).toFixed(12)}`)
        priceIndex = year.priceIndex
      }
    }
  })

  test('has the moments of independent draws', () => {
    const [first, second] = [mean(growth), mean(growth.map(g => g * g))]
    const ends = simulateShard(spec, 0, n).nominal.slice(-n)
    expect(distance(ends, first ** years, second ** years - first ** (2 * years))).toBeLessThan(3)
    const { portfolioReturn } = simulate(spec)
    const deviation = Math.sqrt(second - first ** 2)
    expect(Math.abs(portfolioReturn.nominal.arithmeticMean - (first - 1))).toBeLessThan((3 * deviation) / Math.sqrt(n * years))
  })
})

test('one path, one year, one percentile', () => {
  const result = simulate(simulationSpec({ years: 1, paths: 1, percentiles: [0.5], realFlows: [-1], nominalFlows: [0] }))
  const [closing] = simulatePath(simulationSpec({ years: 1, paths: 1, realFlows: [-1], nominalFlows: [0] }), 0)
  expect(result.bands.nominal).toEqual([[250_000, closing!.closing]])
  expect(result.endingWealth.real).toMatchObject({ mean: closing!.realBalance, standardDeviation: 0 })
})

test('nothing overflows or turns into NaN at the limits of a specification', () => {
  const extreme = simulationSpec({
    years: 120,
    paths: 64,
    openingBalance: 1e12,
    realFlows: Array.from({ length: 120 }, () => 1e12),
    nominalFlows: noFlows(120),
    returns: {
      kind: 'lognormal',
      assets: [{ key: 'only', weight: 1, meanReturn: 1, volatility: 2 }],
      inflation: { mean: -0.2, volatility: 0.5 },
      correlation: [
        [1, -1],
        [-1, 1],
      ],
    },
  })
  const { real } = simulate(extreme).endingWealth
  expect(Number.isFinite(real.mean) && Number.isFinite(real.standardDeviation)).toBe(true)
  const ruinous = { ...BOOTSTRAP, assets: [{ key: 'only', weight: 1, returns: BOOTSTRAP.years.map(() => -1 + 2 ** -53) }] }
  const { portfolioReturn } = simulate(
    simulationSpec({ years: 100, paths: 3, realFlows: noFlows(100), nominalFlows: noFlows(100), returns: ruinous }),
  )
  expect(portfolioReturn.nominal.meanAnnualised).toBeCloseTo(-1, 12)
})

/** How many standard errors the sample's mean and variance, whichever is farther, are from those expected. */
function distance(values: Float64Array, mean: number, variance: number): number {
  const n = values.length
  const average = values.reduce((total, value) => total + value, 0) / n
  const squares = values.map(value => (value - mean) ** 2)
  const averageSquare = squares.reduce((total, value) => total + value, 0) / n
  const squareError = Math.sqrt(squares.reduce((total, value) => total + (value - averageSquare) ** 2, 0)) / n
  return Math.max(Math.abs(average - mean) / Math.sqrt(variance / n), Math.abs(averageSquare - variance) / squareError)
}

function standardised(values: Float64Array): Float64Array {
  const average = values.reduce((total, value) => total + value, 0) / values.length
  const deviation = Math.sqrt(values.reduce((total, value) => total + (value - average) ** 2, 0) / values.length)
  return values.map(value => (value - average) / deviation)
}
