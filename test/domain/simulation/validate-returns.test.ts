import { describe, expect, test } from 'vitest'
import { type ReturnModel, type SimulationSpec, validateSpec } from '../../../domain/simulation/index.ts'
import { BOOTSTRAP, MONTHLY_HISTORY, noFlows, REGIMES, simulationSpec, STUDENT_T } from './specs.ts'

const { kind: _, ...HISTORY } = BOOTSTRAP

/** Faults of a valid specification with these members changed, whatever their types. */
const faults = (returns: unknown, changes: Partial<SimulationSpec> = {}): string[] =>
  validateSpec(simulationSpec({ ...changes, returns: returns as ReturnModel })).map(({ path, message }) => `${path} ${message}`)

describe('a Student t model', () => {
  test.each([
    [2, 1],
    [Number.NaN, 1],
    [1001, 1],
    [2.01, 0],
    [1000, 0],
  ])('with %d degrees of freedom has %i faults', (degreesOfFreedom, count) => {
    const found = faults({ ...STUDENT_T, degreesOfFreedom })
    expect(found).toHaveLength(count)
    for (const fault of found) expect(fault).toContain('returns.degreesOfFreedom must be a number above 2, at most 1000')
  })

  test('must have the same assets, moments and correlations as a lognormal one', () => {
    const correlation = [
      [1, 2, 0],
      [2, 1, 0],
      [0, 0, 1],
    ]
    const found = faults({ ...STUDENT_T, correlation, assets: [{ ...STUDENT_T.assets[0]!, volatility: -1 }, STUDENT_T.assets[1]] })
    expect(found).toContain('returns.assets.0.volatility must be a number from 0 to 2')
    expect(found).toContain('returns.correlation.0.1 must be a number from -1 to 1')
  })
})

describe('a regime model', () => {
  const [calm, turbulent] = REGIMES.regimes

  test('has no fault', () => {
    expect(faults(REGIMES)).toEqual([])
    expect(faults(REGIMES, { stepsPerYear: 12 })).toEqual([])
  })

  test('needs two regimes, each with the moments of every asset', () => {
    expect(faults({ ...REGIMES, regimes: [calm] })).toEqual(['returns.regimes must have two entries'])
    expect(faults({ ...REGIMES, regimes: [calm, { ...turbulent, assets: [turbulent.assets[0]] }] })).toEqual([
      'returns.regimes.1.assets must have one entry for each of the 2 assets, not 1',
    ])
    expect(faults({ ...REGIMES, regimes: [{ ...calm, inflation: { mean: 5, volatility: 0 } }, turbulent] })).toEqual([
      'returns.regimes.0.inflation.mean must be a number from -0.2 to 1',
    ])
    expect(faults({ ...REGIMES, regimes: [calm, { ...turbulent, correlation: [[1]] }] })).toEqual([
      'returns.regimes.1.correlation must be 3 x 3: the assets in their order, then inflation',
    ])
  })

  test('needs probabilities that sum to one', () => {
    expect(faults({ ...REGIMES, transition: [[0.9, 0.2], REGIMES.transition[1]] })).toEqual([
      'returns.transition.0 must have two probabilities that sum to 1',
    ])
    expect(faults({ ...REGIMES, transition: [[1.5, -0.5], REGIMES.transition[1]] })).toEqual([
      'returns.transition.0.0 must be a number from 0 to 1',
      'returns.transition.0.1 must be a number from 0 to 1',
    ])
    expect(faults({ ...REGIMES, transition: [REGIMES.transition[0]] })).toEqual([
      'returns.transition must be 2 x 2: from a regime (row) to a regime (column)',
    ])
    expect(faults({ ...REGIMES, start: [1] })).toEqual(['returns.start must have two probabilities that sum to 1'])
  })

  test('has no monthly form if it alternates from year to year', () => {
    const alternating = {
      ...REGIMES,
      transition: [
        [0.2, 0.8],
        [0.7, 0.3],
      ],
    }
    expect(faults(alternating)).toEqual([])
    expect(faults(alternating, { stepsPerYear: 12 }).join()).toContain('returns.transition must have a diagonal that sums to 1 or more')
  })
})

describe('a history', () => {
  test('of months needs monthly steps and whole years', () => {
    const monthly = { ...MONTHLY_HISTORY, kind: 'bootstrap' }
    expect(faults(monthly, { stepsPerYear: 12 })).toEqual([])
    expect(faults(monthly)).toEqual(['stepsPerYear must be 12, the periods per year of the returns that are drawn'])
    expect(faults({ ...monthly, years: [1, 2, 3] }, { stepsPerYear: 12 })).toEqual([
      'returns.assets.0.returns must have one entry for each of the 36 months, not 48',
      'returns.assets.1.returns must have one entry for each of the 36 months, not 48',
      'returns.inflation must have one entry for each of the 36 months',
    ])
    expect(faults({ ...HISTORY, kind: 'bootstrap', periodsPerYear: 4 })).toContain('returns.periodsPerYear must be 1 or 12')
  })

  test('of months must not compound beyond the largest double', () => {
    const tenfold = { ...MONTHLY_HISTORY, kind: 'bootstrap', inflation: MONTHLY_HISTORY.inflation.map(() => 4) }
    expect(faults(tenfold, { stepsPerYear: 12 })).toEqual([
      'returns.inflation must not compound over 360 steps to more than a number can hold',
    ])
    const soaring = MONTHLY_HISTORY.assets.map(asset => ({ ...asset, returns: asset.returns.map(() => 5) }))
    expect(faults({ ...MONTHLY_HISTORY, kind: 'bootstrap', assets: soaring }, { stepsPerYear: 12 })).toContain(
      'returns.assets.0.returns must not compound over 360 steps to more than a number can hold',
    )
    const vanishing = { ...MONTHLY_HISTORY, kind: 'bootstrap', inflation: MONTHLY_HISTORY.inflation.map(() => -0.6) }
    expect(faults(vanishing, { stepsPerYear: 12 })).toContain(
      'returns.inflation must not compound over 360 steps to more than a number can hold',
    )
  })

  test.each([
    [0, 'a whole number from 1 to 12000'],
    [1.5, 'a whole number from 1 to 12000'],
    [8, 'at most 7, the number of periods in the history'],
  ])('has no blocks of %d periods', (blockLengthPeriods, message) => {
    expect(faults({ ...HISTORY, kind: 'block_bootstrap', blockLengthPeriods })).toEqual([`returns.blockLengthPeriods must be ${message}`])
  })

  test('without periods names no impossible limit of other fields', () => {
    const assets = HISTORY.assets.map(asset => ({ ...asset, returns: [] }))
    const empty = { ...HISTORY, years: [], assets, inflation: [] }
    for (const kind of [
      { kind: 'block_bootstrap', blockLengthPeriods: 3 },
      { kind: 'stationary_bootstrap', meanBlockLengthPeriods: 3 },
      { kind: 'historical_replay' },
    ])
      expect(faults({ ...empty, ...kind })).toEqual(['returns.years must have 1 to 1000 entries'])
  })

  test.each([
    [0.5, 'a number from 1 to 12000'],
    [Number.NaN, 'a number from 1 to 12000'],
    [7.5, 'at most 7, the number of periods in the history'],
  ])('has no blocks of %d periods on average', (meanBlockLengthPeriods, message) => {
    expect(faults({ ...HISTORY, kind: 'stationary_bootstrap', meanBlockLengthPeriods })).toEqual([
      `returns.meanBlockLengthPeriods must be ${message}`,
    ])
  })

  describe('to replay', () => {
    const replay = { ...HISTORY, kind: 'historical_replay' }
    const years = (count: number) => ({ years: count, realFlows: noFlows(count), nominalFlows: noFlows(count) })

    test('has one path for each year it can start in', () => {
      expect(faults(replay, { ...years(4), paths: 4 })).toEqual([])
      expect(faults(replay, { ...years(4), paths: 5 })).toEqual([
        'paths must be 4, one for each year that a replay of 4 years can start in',
      ])
    })

    test('is as long as the horizon at least, and leaves no year out', () => {
      expect(faults(replay, { ...years(8), paths: 1 })).toEqual(['years must be at most 7, the years that there are to replay'])
      expect(faults({ ...replay, years: [1, 2, 3, 4, 5, 6, 8] }, { ...years(4), paths: 4 })).toEqual([
        'returns.years.6 must be the year after the one before it: a replay leaves none out',
      ])
    })
  })
})
