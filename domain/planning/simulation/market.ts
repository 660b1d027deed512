import { MARKET_STREAM, type SeedKey, streamState } from './numeric/streams.ts'
import { BLOCK_PATHS } from './stages.ts'

/** A source of portfolio returns and inflation for a block of BLOCK_PATHS paths at a time. */
export interface Market {
  /** Starts the block of paths from `firstPath` on. */
  open(firstPath: number): void
  /**
   * Writes the gross portfolio return and the gross inflation of each lane's next step.
   *
   * @param stepOfYear 0 for the step that starts from target weights
   */
  step(stepOfYear: number, growth: Float64Array, inflation: Float64Array): void
}

/** Sets each lane's generator to the start of its path's market stream. */
export function openStreams(states: Int32Array, key: SeedKey, firstPath: number): void {
  for (let lane = 0; lane < BLOCK_PATHS; lane++) states.set(streamState(key, MARKET_STREAM, firstPath + lane), 4 * lane)
}

/** Target weights scaled to sum to one to the last bits, which a specification holds only to 1e-9. */
export function normalisedWeights(assets: readonly { weight: number }[]): Float64Array {
  const total = assets.reduce((sum, asset) => sum + asset.weight, 0)
  return Float64Array.from(assets, asset => asset.weight / total)
}
