import { Decimal } from 'decimal.js'
import { describe, expect, test } from 'vitest'
import {
  type Cohort,
  type HistoricalReplay,
  type HistoricalReturns,
  type LognormalModel,
  replayHistory,
  simulate,
  simulateShard,
  type SimulationSpec,
  validateSpec,
} from '../../domain/simulation/index.ts'
import { capitalMarketAssumptions, damodaran, type History, referenceMissing, retirementTables, shiller } from './simulation-data.ts'

const RATES = [0.03, 0.04, 0.05, 0.06, 0.07, 0.08, 0.09, 0.1, 0.11, 0.12]

function between(history: History, firstYear: number, lastYear: number): History {
  const from = history.years.indexOf(firstYear)
  const to = history.years.indexOf(lastYear) + 1
  const cut = (values: number[]): number[] => values.slice(from, to)
  return { years: cut(history.years), stocks: cut(history.stocks), bonds: cut(history.bonds), inflation: cut(history.inflation) }
}

/** A portfolio of stocks and bonds, such as '60/40'. */
function portfolio(history: History, mix: string): HistoricalReturns {
  const [stocks, bonds] = mix.split('/').map(share => Number(share) / 100)
  return {
    years: history.years,
    assets: [
      { key: 'stocks', weight: stocks!, returns: history.stocks },
      { key: 'bonds', weight: bonds!, returns: history.bonds },
    ],
    inflation: history.inflation,
  }
}

/** Whole percent, halves rounded to even, as in the published reproduction. */
const wholePercent = (successes: number, trials: number): number =>
  new Decimal(100 * successes).div(trials).toDecimalPlaces(0, Decimal.ROUND_HALF_EVEN).toNumber()

const successPercent = (cohorts: Cohort[]): number => wholePercent(cohorts.filter(cohort => cohort.success).length, cohorts.length)

/** The same study as a simulation in which the paths are the cohorts. */
function replayedSuccessPercent(history: HistoricalReturns, years: number, rate: number, withdrawals: 'real' | 'nominal'): number {
  const flows = (money: 'real' | 'nominal'): number[] => Array.from({ length: years }, () => (money === withdrawals ? -rate : 0))
  const { paths, success } = simulate({
    years,
    stepsPerYear: 1,
    paths: history.years.length - years + 1,
    seed: '0',
    openingBalance: 1,
    realFlows: flows('real'),
    nominalFlows: flows('nominal'),
    flowTiming: 'end',
    returns: { kind: 'historical_replay', ...history },
    percentiles: [0.5],
  })
  return wholePercent(success.count, paths)
}

const weakest = (cohorts: Cohort[]): Cohort => cohorts.reduce((a, b) => (b.safeRate < a.safeRate ? b : a))

describe.skipIf(referenceMissing)('rolling cohorts of the past', () => {
  const tables = referenceMissing ? undefined! : retirementTables()

  test.each([
    ['Trinity, table 1: level withdrawals, 1926-1995', 'table1_nominal_end', 'nominal', 1926, 1995],
    ['Trinity, table 3: real withdrawals, 1926-1995', 'table3_cpi_30y_end', 'real', 1926, 1995],
    ['Motley Fool: real withdrawals, 1961-1998', 'fool_1961_1998_cpi_end', 'real', 1961, 1998],
  ] as const)('%s', (_, table, withdrawals, firstYear, lastYear) => {
    const history = between(shiller(), firstYear, lastYear)
    const expected = tables.reproduction_here[table].our_values
    const found = Object.keys(expected).map(row => {
      const [mix, years] = row.split('_')
      const replay = (withdrawalRate: number): HistoricalReplay => ({
        history: portfolio(history, mix!),
        horizonYears: Number(years!.slice(0, -1)),
        withdrawalRate,
        withdrawals,
        flowTiming: 'end',
      })
      return [row, RATES.map(rate => successPercent(replayHistory(replay(rate))))]
    })
    expect(Object.fromEntries(found)).toEqual(expected)

    const simulated = Object.keys(expected).map(row => {
      const [mix, years] = row.split('_')
      return [row, RATES.map(rate => replayedSuccessPercent(portfolio(history, mix!), Number(years!.slice(0, -1)), rate, withdrawals))]
    })
    expect(Object.fromEntries(simulated)).toEqual(expected)
  })

  test.each([
    ['shiller_GS10_end', shiller, '50/50', 'end'],
    ['shiller_GS10_begin', shiller, '50/50', 'begin'],
    ['damodaran_T10_begin_60_40', damodaran, '60/40', 'begin'],
  ] as const)('Bengen, worst safe rate of 30 years: %s', (name, source, mix, flowTiming) => {
    const history = source()
    const since = between(history, Math.max(1926, history.years[0]!), history.years.at(-1)!)
    const found = weakest(
      replayHistory({ history: portfolio(since, mix), horizonYears: 30, withdrawalRate: 0.04, withdrawals: 'real', flowTiming }),
    )
    const { safemax, year } = tables.bengen_reproduction_here[name]
    expect({ safemax: Math.round(found.safeRate * 1e5) / 1e3, year: found.startYear }).toEqual({ safemax, year })
  })
})

describe.skipIf(referenceMissing)('the bootstrap of 1928-2025', () => {
  const years = 30
  const paths = 10_000
  const history = referenceMissing ? undefined! : damodaran()
  const spec = (): SimulationSpec => ({
    years,
    stepsPerYear: 1,
    paths,
    seed: '20260101',
    openingBalance: 1_000_000,
    realFlows: Array.from({ length: years }, () => -40_000),
    nominalFlows: Array.from({ length: years }, () => 0),
    flowTiming: 'begin',
    returns: { kind: 'bootstrap', ...portfolio(history, '60/40') },
    percentiles: [0.05, 0.5, 0.95],
  })

  test('has the arithmetic mean real return of the history', () => {
    const real = history.years.map((_, i) => (1 + 0.6 * history.stocks[i]! + 0.4 * history.bonds[i]!) / (1 + history.inflation[i]!) - 1)
    const mean = real.reduce((total, value) => total + value, 0) / real.length
    const deviation = Math.sqrt(real.reduce((total, value) => total + (value - mean) ** 2, 0) / real.length)
    const { portfolioReturn } = simulate(spec())
    expect(Math.abs(portfolioReturn.real.arithmeticMean - mean)).toBeLessThan((3 * deviation) / Math.sqrt(paths * years))
  })

  test('pays 4 % for 30 years from 60/40 as often as another generator of draws', () => {
    const { success } = simulate(spec())
    const other = bootstrapByAnotherGenerator(history, paths)
    console.log(`bootstrap of 1928-2025, 60/40, 4 %, 30 years: success ${(100 * success.probability).toFixed(2)} %`)
    const p = (success.probability + other) / 2
    expect(Math.abs(success.probability - other)).toBeLessThan(3 * Math.sqrt((2 * p * (1 - p)) / paths))
  })
})

describe.skipIf(referenceMissing)('published capital market assumptions', () => {
  const assumptions = referenceMissing ? undefined! : capitalMarketAssumptions()
  const model = ({ assets, correlation }: ReturnType<typeof capitalMarketAssumptions>['rvk_2015_lafpp']): LognormalModel => ({
    kind: 'lognormal',
    assets: assets.map(({ name, expected_return: meanReturn, sd: volatility }) => ({
      key: name,
      weight: 1 / assets.length,
      meanReturn,
      volatility,
    })),
    inflation: { mean: 0.025, volatility: 0.015 },
    correlation: [...correlation.map(row => [...row, 0]), [...correlation.map(() => 0), 1]],
  })
  const spec = (returns: LognormalModel): SimulationSpec => ({
    years: 10,
    stepsPerYear: 1,
    paths: 20_000,
    seed: '1',
    openingBalance: 1,
    realFlows: Array.from({ length: 10 }, () => 0),
    nominalFlows: Array.from({ length: 10 }, () => 0),
    flowTiming: 'begin',
    returns,
    percentiles: [0.5],
  })

  test('Horizon 2017, sixteen assets: accepted, and the portfolio has the mean of its assets', () => {
    const returns = model(assumptions.horizon_2017_10y_survey)
    expect(validateSpec(spec(returns))).toEqual([])
    const mean = returns.assets.reduce((total, asset) => total + asset.meanReturn / returns.assets.length, 0)
    const ends = simulateShard(spec(returns), 0, 20_000).nominal.slice(-20_000)
    const average = ends.reduce((total, end) => total + end, 0) / ends.length
    const deviation = Math.sqrt(ends.reduce((total, end) => total + (end - average) ** 2, 0) / ends.length)
    expect(Math.abs(average - (1 + mean) ** 10)).toBeLessThan((3 * deviation) / Math.sqrt(ends.length))
  })

  test('RVK 2015, with an eigenvalue of -1.168 in its matrix: rejected', () => {
    const issues = validateSpec(spec(model(assumptions.rvk_2015_lafpp)))
    expect(issues).toContainEqual({ path: 'returns.correlation', message: expect.stringContaining('not positive semi-definite') })
    expect(issues).toContainEqual({ path: 'returns.correlation.1.2', message: expect.stringContaining('from -1 to 1') })
  })
})

/** Success rate of the same study with draws of a 48-bit linear congruential generator: the high bits select whole years. */
function bootstrapByAnotherGenerator(history: History, paths: number): number {
  let state = 20260101n
  const draw = (): number => {
    state = (state * 25214903917n + 11n) & 0xffffffffffffn
    return Number(state >> 17n) % history.years.length
  }
  let successes = 0
  for (let path = 0; path < paths; path++) {
    let balance = 1
    let withdrawal = 0.04
    for (let year = 0; year < 30; year++) {
      const i = draw()
      balance = (balance - withdrawal) * (1 + 0.6 * history.stocks[i]! + 0.4 * history.bonds[i]!)
      withdrawal *= 1 + history.inflation[i]!
      if (balance < 0) break
    }
    if (balance >= 0) successes++
  }
  return successes / paths
}
