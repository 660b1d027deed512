import { describe, expect, test } from 'vitest'
import { type HistoricalReturns, type ReturnModel, replayHistory, simulate, simulatePath } from '../../../domain/simulation/index.ts'
import { correlation, drawn, errorsFrom } from './draws.ts'
import { BOOTSTRAP, MONTHLY_HISTORY, noFlows, simulationSpec } from './specs.ts'

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
