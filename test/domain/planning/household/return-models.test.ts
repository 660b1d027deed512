import { describe, expect, test } from 'vitest'
import {
  explainPath,
  type HouseholdSpec,
  householdOutputHash,
  sensitivities,
  simulateHousehold,
  validateHousehold,
} from '../../../../domain/planning/household/index.ts'
import { fullCouple, household } from './households.ts'

const past = {
  years: [1928, 1929, 1930, 1931, 1932],
  assets: [
    { key: 'stocks', weight: 0.5, returns: [0.4, -0.08, -0.25, -0.43, -0.09] },
    { key: 'bonds', weight: 0.3, returns: [0.01, 0.04, 0.05, -0.03, 0.09] },
    { key: 'cash', weight: 0.2, returns: [0.03, 0.03, 0.04, 0.02, 0.01] },
  ],
  inflation: [-0.01, 0, -0.06, -0.09, -0.1],
}
const lognormal = household().returns
if (lognormal.kind !== 'lognormal') throw new Error('the usual model is lognormal')
const regime = {
  assets: lognormal.assets.map(({ meanReturn, volatility }) => ({ meanReturn, volatility })),
  inflation: lognormal.inflation,
  correlation: lognormal.correlation,
}
const models: Record<string, HouseholdSpec['returns']> = {
  'Student t': { ...lognormal, kind: 'student_t', degreesOfFreedom: 5 },
  regimes: {
    kind: 'regime',
    assets: lognormal.assets.map(({ key, weight }) => ({ key, weight })),
    regimes: [regime, { ...regime, assets: regime.assets.map(asset => ({ ...asset, meanReturn: asset.meanReturn - 0.05 })) }],
    transition: [
      [0.8, 0.2],
      [0.4, 0.6],
    ],
    start: [1, 0],
  },
  bootstrap: { kind: 'bootstrap', ...past },
  blocks: { kind: 'block_bootstrap', blockLengthPeriods: 2, ...past },
  'stationary blocks': { kind: 'stationary_bootstrap', meanBlockLengthPeriods: 2, ...past },
}

describe.each(Object.entries(models))('a household on %s', (_, returns) => {
  const spec = fullCouple({ paths: 130, years: 20, returns })

  test('is reproducible, in shards and path by path', () => {
    expect(validateHousehold(spec)).toEqual([])
    const result = simulateHousehold(spec)
    expect(householdOutputHash(simulateHousehold(spec, { shards: 7 }))).toBe(householdOutputHash(result))
    const [sample] = result.samplePaths
    expect(explainPath(spec, sample!.path).map(row => row.closingReal)).toEqual(sample!.wealthReal.slice(1))
  })

  test('does better with higher returns', () => {
    const [found] = sensitivities(spec, ['meanReturn'])
    expect(found!.high.endingWealthReal.meanDifference.lower).toBeGreaterThan(0)
    expect(found!.low.endingWealthReal.meanDifference.upper).toBeLessThan(0)
  })
})

test('a household replays the past, one path per start year', () => {
  const spec = household({ years: 3, paths: 3, returns: { kind: 'historical_replay', ...past } })
  const growth = (path: number): number[] => explainPath(spec, path).map(row => row.growth / (row.closing - row.growth))
  for (const path of [0, 1, 2]) {
    for (const [year, rate] of growth(path).entries()) {
      const [stocks, bonds] = past.assets.map(asset => asset.returns[path + year]!)
      expect(rate).toBeCloseTo(0.6 * stocks! + 0.4 * bonds!, 9)
    }
  }
})
