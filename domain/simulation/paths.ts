/** The outcomes of consecutive paths, in their order. */
export interface Paths {
  /** Year-end balances: year k = 1..years of path i of `paths` at (k - 1) * paths + i. */
  nominal: Float64Array
  /** The same in money of the as-of date. */
  real: Float64Array
  /** Year (from 0) each path was depleted in, -1 if it was not. */
  depletedIn: Int32Array
  /** Each path's price index at the end. */
  priceIndex: Float64Array
  /** Each path's gross portfolio return over the whole horizon, without flows. */
  growth: Float64Array
  /** Sums of each path's simple annual portfolio returns, nominal and real. */
  nominalReturnSum: Float64Array
  realReturnSum: Float64Array
}

/** Simulates up to CHUNK_PATHS paths. The next call may overwrite the returned arrays. */
export type SimulateChunk = (fromPath: number, toPath: number) => Paths

/** The most paths simulated at once: more paths need no more memory. */
export const CHUNK_PATHS = 16_384

/** The same where balances are counted and not kept: as many paths as fit into a processor's cache. */
export const COUNTED_CHUNK_PATHS = 4096
