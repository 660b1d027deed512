import { exp } from './numeric/elementary.ts'
import { normalFromDraw } from './numeric/normal.ts'
import { nextWord } from './numeric/streams.ts'

/*
 * The stages a block of paths goes through at each step, each one plain loop over flat arrays. Matrices are rows of BLOCK_PATHS lanes:
 * element [row][lane] stands at row * BLOCK_PATHS + lane. All lanes are always computed; those past the last path are dropped later.
 */

export const BLOCK_PATHS = 64

/** Factors a correlation pass takes at once. */
const GROUP = 4

/** `count` rounded up to whole groups: the rows that factor matrices are padded to, with zeros. */
export function paddedToGroups(count: number): number {
  return Math.ceil(count / GROUP) * GROUP
}

/** One draw for each factor and lane; a path's draws follow each other factor by factor, step by step. */
export function fillDraws(states: Int32Array, factors: number, draws: Int32Array): void {
  for (let factor = 0; factor < factors; factor++) {
    for (let lane = 0; lane < BLOCK_PATHS; lane++) draws[factor * BLOCK_PATHS + lane] = nextWord(states, 4 * lane)
  }
}

export function drawsToNormals(draws: Int32Array, normals: Float64Array): void {
  for (let i = 0; i < draws.length; i++) normals[i] = normalFromDraw(draws[i]!)
}

/**
 * out[i] = drift[i] + sum over j <= i of loadings[i][j] normals[j], added in the order of j.
 *
 * @param loadings rows of `paddedToGroups(factors)`, zero above the diagonal
 * @param normals `paddedToGroups(factors)` rows of lanes
 */
export function correlate(drift: Float64Array, loadings: Float64Array, normals: Float64Array, out: Float64Array): void {
  const width = paddedToGroups(drift.length)
  for (let i = 0; i < drift.length; i++) {
    const row = i * BLOCK_PATHS
    out.fill(drift[i]!, row, row + BLOCK_PATHS)
    for (let j = 0; j <= i; j += GROUP) {
      const at = i * width + j
      addFour(out, row, normals, j * BLOCK_PATHS, loadings[at]!, loadings[at + 1]!, loadings[at + 2]!, loadings[at + 3]!)
    }
  }
}

function addFour(out: Float64Array, row: number, from: Float64Array, at: number, a: number, b: number, c: number, d: number): void {
  for (let lane = 0; lane < BLOCK_PATHS; lane++) {
    const i = at + lane
    out[row + lane] =
      out[row + lane]! + a * from[i]! + b * from[i + BLOCK_PATHS]! + c * from[i + 2 * BLOCK_PATHS]! + d * from[i + 3 * BLOCK_PATHS]!
  }
}

/** Log returns to gross returns, in place. */
export function exponentiate(values: Float64Array): void {
  for (let i = 0; i < values.length; i++) values[i] = exp(values[i]!)
}

/** Gross return of a portfolio that starts the step at its target weights. */
export function growRebalanced(weights: Float64Array, gross: Float64Array, growth: Float64Array): void {
  growth.fill(0)
  for (let asset = 0; asset < weights.length; asset++) {
    const weight = weights[asset]!
    for (let lane = 0; lane < BLOCK_PATHS; lane++) growth[lane] = growth[lane]! + weight * gross[asset * BLOCK_PATHS + lane]!
  }
}

/**
 * Gross return of a portfolio whose holdings drift: flows are applied in proportion to the holdings, so it does not depend on them.
 *
 * @param holdings value of each asset, updated; at the start of a year the target weights
 * @param value total of the holdings, updated; at the start of a year 1
 */
export function growDrifting(holdings: Float64Array, value: Float64Array, gross: Float64Array, growth: Float64Array): void {
  growth.fill(0)
  for (let row = 0; row < holdings.length; row += BLOCK_PATHS) {
    for (let lane = 0; lane < BLOCK_PATHS; lane++) {
      const holding = holdings[row + lane]! * gross[row + lane]!
      holdings[row + lane] = holding
      growth[lane] = growth[lane]! + holding
    }
  }
  for (let lane = 0; lane < BLOCK_PATHS; lane++) {
    const total = growth[lane]!
    growth[lane] = total / value[lane]!
    value[lane] = total
  }
}
