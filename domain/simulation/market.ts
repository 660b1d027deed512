import { MARKET_STREAM, type SeedKey, streamState } from '../numeric/index.ts'
import { BLOCK_PATHS, type Rows } from './stages.ts'

/**
 * A source of returns and inflation for a block of BLOCK_PATHS paths at a time. Each return model implements it. A lane is a
 * path; all lanes are always computed, and the reader drops those past the last path.
 *
 *     const market = createMarket(model, stepsPerYear, seed)
 *     for (let firstPath = 0; firstPath < paths; firstPath += BLOCK_PATHS) {
 *       market.open(firstPath)
 *       for (let step = 0; step < years * stepsPerYear; step++) {
 *         market.step()
 *         for (let lane = 0; lane < BLOCK_PATHS; lane++) balance[lane]! *= market.assetGrowth[asset]![lane]!
 *       }
 *     }
 *
 * The draws of path k depend on the model, the seed and k alone, not on its block or on the paths opened before it.
 */
export interface Market {
  /** Gross return (1 + simple return) in the step just drawn: one row per asset in the model's order, BLOCK_PATHS lanes each. */
  readonly assetGrowth: Rows
  /** Gross inflation in the step just drawn. */
  readonly inflation: Float64Array
  /** Starts the block of paths from `firstPath` on, each at its first step. */
  open(firstPath: number): void
  /** Draws each lane's next step into the same arrays, over the step before. */
  step(): void
}

/** Sets each lane's generator to the start of its path's market stream. */
export function openStreams(states: Int32Array, key: SeedKey, firstPath: number): void {
  for (let lane = 0; lane < BLOCK_PATHS; lane++) states.set(streamState(key, MARKET_STREAM, firstPath + lane), 4 * lane)
}
