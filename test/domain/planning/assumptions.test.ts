import { describe, expect, test } from 'vitest'
import { horizonSurvey2017 } from '../../../db/reference-data/horizon-survey-2017.ts'
import { portfolioModelAllocations } from '../../../db/reference-data/portfolio-models.ts'
import { type CapitalMarketAssumptions, lognormalModel, portfolioStatistics, validateAssumptions } from '../../../domain/planning/index.ts'
import { InvalidSpecError } from '../../../domain/simulation/index.ts'

const pair: CapitalMarketAssumptions = {
  assets: [
    { key: 'stocks', name: 'Stocks', meanReturn: 0.08, volatility: 0.2 },
    { key: 'cash', name: 'Cash', meanReturn: 0.02, volatility: 0 },
  ],
  inflation: { mean: 0.02, volatility: 0.01, correlation: [-0.1, 0] },
  correlation: [
    [1, 0],
    [0, 1],
  ],
}

describe('the published survey', () => {
  test('is a valid assumption set', () => {
    expect(validateAssumptions(horizonSurvey2017)).toEqual([])
    expect(horizonSurvey2017.assets).toHaveLength(16)
  })

  test('covers every published allocation, and their weights add up to 1', () => {
    for (const { allocation } of portfolioModelAllocations) {
      expect(Object.values(allocation).reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 12)
      expect(() => lognormalModel(horizonSurvey2017, allocation)).not.toThrow()
    }
  })
})

describe('an assumption set', () => {
  test('is rejected with the path of each fault', () => {
    const inverted = {
      ...pair,
      correlation: [
        [1, 2],
        [2, 1],
      ],
    }
    expect(validateAssumptions(inverted).map(issue => issue.path)).toContain('correlation.0.1')
    expect(validateAssumptions({ ...pair, assets: [pair.assets[0]!, pair.assets[0]!] }).map(issue => issue.path)).toEqual(['assets.1.key'])
    expect(validateAssumptions({ ...pair, inflation: { mean: 0, volatility: 0, correlation: [0] } })[0]?.path).toBe('inflation.correlation')
    expect(validateAssumptions({ ...pair, correlation: [[1]] })[0]?.path).toBe('correlation')
    expect(validateAssumptions({ ...pair, inflation: { mean: 0, volatility: 0.01, correlation: [1, 1] } })[0]?.message).toContain(
      'positive semi-definite',
    )
  })

  test('gives an allocation its part of the correlation matrix, inflation last', () => {
    expect(lognormalModel(pair, { stocks: 1 })).toEqual({
      kind: 'lognormal',
      assets: [{ key: 'stocks', weight: 1, meanReturn: 0.08, volatility: 0.2 }],
      inflation: { mean: 0.02, volatility: 0.01 },
      correlation: [
        [1, -0.1],
        [-0.1, 1],
      ],
    })
    expect(() => lognormalModel(pair, { gold: 1 })).toThrow(InvalidSpecError)
  })

  test('gives a portfolio its mean, volatility and Sharpe ratio', () => {
    expect(portfolioStatistics(pair, { stocks: 0.5, cash: 0.5 })).toEqual({
      expectedReturn: 0.05,
      volatility: 0.1,
      sharpeRatio: 0.3,
    })
    expect(portfolioStatistics(pair, { cash: 1 }).sharpeRatio).toBeNull()
    expect(portfolioStatistics(pair, { stocks: 1 }, 'bills').sharpeRatio).toBeNull()
  })
})
