import { expect, test } from 'vitest'
import { readReturns } from '../../../lambdas/planning/read-returns.ts'
import type { RunSource } from '../../../lambdas/planning/run-source.ts'

const source = {
  assumptions: async () => ({
    id: '1',
    name: 'House view',
    version: '1',
    status: 'approved',
    assumptions: {
      assets: [{ key: 'stocks', name: 'Stocks', meanReturn: 0.07, volatility: 0.17 }],
      inflation: { mean: 0.02, volatility: 0.01 },
      correlation: [[1]],
    },
  }),
  portfolioModel: async () => ({ id: '1', rowVersion: 1, assetAllocation: { stocks: 0.5, gold: 0.5 } }),
} as unknown as RunSource

test('a portfolio model with an asset class that the assumptions of the plan do not have is named by the field of the plan', async () => {
  await expect(readReturns(source, { kind: 'lognormal' }, new Map())).rejects.toMatchObject({
    errors: [{ path: 'plan.portfolioModelId', message: 'holds gold, and House view has no such asset class' }],
  })
})
