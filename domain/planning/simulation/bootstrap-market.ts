import { type Market, normalisedWeights, openStreams } from './market.ts'
import { nextInteger, type SeedKey } from './numeric/streams.ts'
import type { BootstrapModel } from './spec.ts'
import { BLOCK_PATHS } from './stages.ts'

/** Gross portfolio return (rebalanced each year) and gross inflation of each calendar year of the model. */
export function portfolioYears(model: Omit<BootstrapModel, 'kind'>): { growth: Float64Array; inflation: Float64Array } {
  const weights = normalisedWeights(model.assets)
  return {
    growth: Float64Array.from(model.years, (_, row) =>
      model.assets.reduce((total, asset, index) => total + weights[index]! * (1 + asset.returns[row]!), 0),
    ),
    inflation: Float64Array.from(model.inflation, rate => 1 + rate),
  }
}

/** Calendar years drawn with replacement, one unbiased integer from a path's market stream for each simulated year. */
export function createBootstrapMarket(model: BootstrapModel, key: SeedKey): Market {
  const years = portfolioYears(model)
  const states = new Int32Array(4 * BLOCK_PATHS)
  return {
    open: firstPath => openStreams(states, key, firstPath),
    step(_stepOfYear, growth, inflation) {
      for (let lane = 0; lane < BLOCK_PATHS; lane++) {
        const row = nextInteger(states, 4 * lane, years.growth.length)
        growth[lane] = years.growth[row]!
        inflation[lane] = years.inflation[row]!
      }
    },
  }
}
