import { describe, expect, test } from 'vitest'
import { type BootstrapModel, InvalidSpecError, type LognormalModel, simulate, validateSpec } from '../../../domain/simulation/index.ts'
import { BOOTSTRAP, certain, LOGNORMAL, noFlows, simulationSpec } from './specs.ts'

/** Places of the faults of a valid specification with these members changed, whatever their types. */
const paths = (changes: Record<string, unknown>): string[] =>
  validateSpec(Object.assign(simulationSpec(), changes)).map(issue => issue.path)
const lognormal = (changes: Partial<LognormalModel>): string[] => paths({ returns: { ...LOGNORMAL, ...changes } })
const bootstrap = (changes: Partial<BootstrapModel>): string[] => paths({ returns: { ...BOOTSTRAP, ...changes } })

test('finds no fault in valid specifications', () => {
  expect(paths({})).toEqual([])
  expect(paths({ stepsPerYear: 12, flowTiming: 'end', seed: '-9223372036854775808' })).toEqual([])
  expect(paths({ returns: BOOTSTRAP })).toEqual([])
  expect(paths({ returns: certain(0, 0) })).toEqual([])
})

describe('names the place of each fault', () => {
  test.each([
    [{ years: 0 }, 'years'],
    [{ years: 121 }, 'years'],
    [{ years: 1.5, realFlows: [], nominalFlows: [] }, 'years'],
    [{ stepsPerYear: 4 }, 'stepsPerYear'],
    [{ paths: 0 }, 'paths'],
    [{ paths: 1_000_001 }, 'paths'],
    [{ seed: '9223372036854775808' }, 'seed'],
    [{ seed: '007' }, 'seed'],
    [{ seed: '1e3' }, 'seed'],
    [{ seed: '-0' }, 'seed'],
    [{ openingBalance: -1 }, 'openingBalance'],
    [{ openingBalance: Number.NaN }, 'openingBalance'],
    [{ realFlows: [1] }, 'realFlows'],
    [{ years: 2, realFlows: [0, Number.POSITIVE_INFINITY], nominalFlows: [0, 0] }, 'realFlows.1'],
    [{ years: 2, realFlows: [0, 0], nominalFlows: [-2e12, 0] }, 'nominalFlows.0'],
    [{ flowTiming: 'middle' }, 'flowTiming'],
    [{ percentiles: [] }, 'percentiles'],
    [{ percentiles: [0.5, 1] }, 'percentiles.1'],
    [{ percentiles: [0] }, 'percentiles.0'],
    [{ percentiles: [Number.NaN] }, 'percentiles.0'],
    [{ percentiles: [0.5, 0.5] }, 'percentiles.1'],
    [{ returns: { kind: 'guess' } }, 'returns.kind'],
  ])('of %j', (changes, path) => {
    expect(paths(changes)).toContain(path)
  })

  test('of assets', () => {
    const stocks = LOGNORMAL.assets[0]!
    const bonds = LOGNORMAL.assets[1]!
    expect(lognormal({ assets: [] })).toContain('returns.assets')
    expect(lognormal({ assets: [stocks, { ...bonds, weight: 0.4 + 2e-9 }] })).toEqual(['returns.assets'])
    expect(lognormal({ assets: [stocks, { ...bonds, weight: 0.4 + 5e-10 }] })).toEqual([])
    expect(
      lognormal({
        assets: [
          { ...stocks, weight: 1.2 },
          { ...bonds, weight: -0.2 },
        ],
      }),
    ).toEqual(['returns.assets.0.weight', 'returns.assets.1.weight'])
    expect(lognormal({ assets: [stocks, { ...bonds, key: 'stocks' }] })).toEqual(['returns.assets.1.key'])
    expect(lognormal({ assets: [stocks, { ...bonds, meanReturn: -1 }] })).toEqual(['returns.assets.1.meanReturn'])
    expect(lognormal({ assets: [stocks, { ...bonds, volatility: -0.01 }] })).toEqual(['returns.assets.1.volatility'])
    expect(lognormal({ inflation: { mean: Number.NaN, volatility: 0.6 } })).toEqual([
      'returns.inflation.mean',
      'returns.inflation.volatility',
    ])
  })

  test('of historical years', () => {
    const stocks = BOOTSTRAP.assets[0]!
    const bonds = BOOTSTRAP.assets[1]!
    expect(paths({ returns: BOOTSTRAP, stepsPerYear: 12 })).toEqual(['stepsPerYear'])
    expect(bootstrap({ years: [1, 2, 3, 4, 5, 7, 6] })).toEqual(['returns.years.6'])
    expect(bootstrap({ assets: [stocks, { ...bonds, returns: [0.1] }] })).toEqual(['returns.assets.1.returns'])
    expect(bootstrap({ assets: [{ ...stocks, returns: [0, 0, -1, 0, 0, 0, 0] }, bonds] })).toEqual(['returns.assets.0.returns.2'])
    expect(bootstrap({ inflation: [0] })).toEqual(['returns.inflation'])
    expect(bootstrap({ inflation: [0, 0, 0, 0, 0, 0, Number.NaN] })).toEqual(['returns.inflation.6'])
    expect(bootstrap({ years: [], inflation: [], assets: [{ key: 'only', weight: 1, returns: [] }] })).toEqual(['returns.years'])
  })
})

describe('a correlation matrix', () => {
  const messages = (correlation: number[][]): string[] =>
    validateSpec(simulationSpec({ returns: { ...LOGNORMAL, correlation } })).map(issue => `${issue.path} ${issue.message}`)

  test('must have the right size, its mirror image, ones and correlations', () => {
    expect(messages([[1]])).toEqual(['returns.correlation must be 3 x 3: the assets in their order, then inflation'])
    expect(
      messages([
        [1, 0, 0],
        [0, 1, 0],
        [0, 0],
      ]),
    ).toHaveLength(1)
    expect(
      messages([
        [1, 0.2, 0],
        [0.1, 1, 0],
        [0, 0, 1],
      ]),
    ).toEqual(['returns.correlation.1.0 must equal its mirror image 0.2'])
    expect(
      messages([
        [0.9, 0, 0],
        [0, 1, 0],
        [0, 0, 1],
      ]),
    ).toEqual(['returns.correlation.0.0 must be 1, as everything correlates with itself'])
    expect(
      messages([
        [1, Number.NaN, 0],
        [Number.NaN, 1, 0],
        [0, 0, 1],
      ]).join(),
    ).toContain('returns.correlation.0.1 must be a number from -1 to 1')
  })

  test('may be singular: two names for one asset', () => {
    const twins = [
      [1, 1, 0.5],
      [1, 1, 0.5],
      [0.5, 0.5, 1],
    ]
    expect(messages(twins)).toEqual([])
    const { nominal } = simulate(simulationSpec({ returns: { ...LOGNORMAL, correlation: twins } })).endingWealth
    expect(Number.isFinite(nominal.mean)).toBe(true)
  })

  test('that is indefinite is rejected with an explanation, before any path is drawn', () => {
    const impossible = [
      [1, 0.9, -0.9],
      [0.9, 1, 0.9],
      [-0.9, 0.9, 1],
    ]
    expect(messages(impossible)).toEqual([
      'returns.correlation is not positive semi-definite: no variables can have these correlations (those of inflation contradict those of the ones before it)',
    ])
    const spec = simulationSpec({ returns: { ...LOGNORMAL, correlation: impossible } })
    expect(() => simulate(spec)).toThrow(InvalidSpecError)
  })

  test('of ten assets with entries above one is rejected for each of them and as a whole', () => {
    const assets = Array.from({ length: 9 }, (_, i) => ({ key: `asset ${i}`, weight: i === 0 ? 1 : 0, meanReturn: 0.05, volatility: 0.1 }))
    const correlation = Array.from({ length: 10 }, (_, i) =>
      Array.from({ length: 10 }, (_, j) => (i === j ? 1 : Math.abs(i - j) === 1 ? 1.2 : 0.6)),
    )
    const found = lognormal({ assets, correlation })
    expect(found).toContain('returns.correlation.3.4')
    expect(found).toContain('returns.correlation')
  })
})

test('the error carries every fault found', () => {
  const spec = simulationSpec({ years: 2, realFlows: noFlows(2), nominalFlows: noFlows(3), paths: 0 })
  const issues = validateSpec(spec)
  expect(issues.map(issue => issue.path)).toEqual(['paths', 'nominalFlows'])
  expect(() => simulate(spec)).toThrow(new InvalidSpecError(issues))
  expect(new InvalidSpecError(issues).issues).toBe(issues)
})
