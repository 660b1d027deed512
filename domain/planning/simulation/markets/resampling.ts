import { type Market, openStreams } from '../market.ts'
import { nextInteger, type SeedKey } from '../numeric/streams.ts'
import type { BootstrapModel } from '../return-models.ts'
import { BLOCK_PATHS, rowsOf } from '../stages.ts'

/** Calendar years drawn with replacement, one unbiased integer from a path's market stream for each simulated year. */
export function createBootstrapMarket(model: BootstrapModel, key: SeedKey): Market {
  const history = [...model.assets.map(asset => asset.returns), model.inflation].map(rates => Float64Array.from(rates, rate => 1 + rate))
  const states = new Int32Array(4 * BLOCK_PATHS)
  const periods = new Int32Array(BLOCK_PATHS)
  const grossRows = rowsOf(new Float64Array(history.length * BLOCK_PATHS))
  return {
    assetGrowth: grossRows.slice(0, -1),
    inflation: grossRows.at(-1)!,
    open: firstPath => openStreams(states, key, firstPath),
    step() {
      for (let lane = 0; lane < BLOCK_PATHS; lane++) periods[lane] = nextInteger(states, 4 * lane, model.years.length)
      for (const [factor, gross] of history.entries()) pick(gross, periods, grossRows[factor]!)
    },
  }
}

/** out[lane] = values[at[lane]]. */
function pick(values: Float64Array, at: Int32Array, out: Float64Array): void {
  for (let lane = 0; lane < BLOCK_PATHS; lane++) out[lane] = values[at[lane]!]!
}
