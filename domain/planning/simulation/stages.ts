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

/**
 * One draw for each of `draws.length / BLOCK_PATHS` factors and each lane, the lane's generator standing at states[4 * lane]: the words that
 * nextWord would give a path factor by factor, with the state in locals.
 */
export function fillDraws(states: Int32Array, draws: Int32Array): void {
  for (let lane = 0; lane < BLOCK_PATHS; lane++) {
    const at = 4 * lane
    let s0 = states[at]!
    let s1 = states[at + 1]!
    let s2 = states[at + 2]!
    let s3 = states[at + 3]!
    for (let i = lane; i < draws.length; i += BLOCK_PATHS) {
      const sum = (s0 + s3) | 0
      draws[i] = ((sum << 7) | (sum >>> 25)) + s0
      const shifted = s1 << 9
      s2 ^= s0
      s3 ^= s1
      s1 ^= s2
      s0 ^= s3
      s2 ^= shifted
      s3 = (s3 << 11) | (s3 >>> 21)
    }
    states[at] = s0
    states[at + 1] = s1
    states[at + 2] = s2
    states[at + 3] = s3
  }
}

/**
 * out[i] = drift[i] + sum over j <= i of loadings[i][j] normals[j], added in the order of j.
 *
 * @param loadings rows of `paddedToGroups(factors)`, zero above the diagonal
 * @param normals `paddedToGroups(factors)` rows of lanes
 */
export function correlate(drift: Float64Array, loadings: Float64Array, normals: Float64Array, out: Float64Array): void {
  const width = paddedToGroups(drift.length)
  for (let i = 0; i < drift.length; i++) combineRows(drift[i]!, loadings, i * width, i + 1, normals, out, i * BLOCK_PATHS)
}

/**
 * Gross return of a portfolio that starts the step at its target weights.
 *
 * @param weights padded with zeros to `paddedToGroups(assets)`; `gross` has as many rows of finite numbers
 */
export function growRebalanced(weights: Float64Array, gross: Float64Array, growth: Float64Array): void {
  combineRows(0, weights, 0, weights.length, gross, growth, 0)
}

/** out[to..] = start + sum over j < count of c[from + j] rows[j], in the order of j: four rows a pass, which zero coefficients fill up. */
function combineRows(start: number, c: Float64Array, from: number, count: number, rows: Float64Array, out: Float64Array, to: number): void {
  startRows(start, c[from]!, c[from + 1]!, c[from + 2]!, c[from + 3]!, rows, out, to)
  for (let j = GROUP; j < count; j += GROUP) {
    const at = from + j
    addRows(c[at]!, c[at + 1]!, c[at + 2]!, c[at + 3]!, rows, j * BLOCK_PATHS, out, to)
  }
}

const ROW_1 = BLOCK_PATHS
const ROW_2 = 2 * BLOCK_PATHS
const ROW_3 = 3 * BLOCK_PATHS

function startRows(start: number, a: number, b: number, c: number, d: number, rows: Float64Array, out: Float64Array, to: number): void {
  for (let lane = 0; lane < BLOCK_PATHS; lane++) {
    out[to + lane] = start + a * rows[lane]! + b * rows[ROW_1 + lane]! + c * rows[ROW_2 + lane]! + d * rows[ROW_3 + lane]!
  }
}

function addRows(a: number, b: number, c: number, d: number, rows: Float64Array, at: number, out: Float64Array, to: number): void {
  for (let lane = 0; lane < BLOCK_PATHS; lane++) {
    const i = at + lane
    out[to + lane] = out[to + lane]! + a * rows[i]! + b * rows[i + ROW_1]! + c * rows[i + ROW_2]! + d * rows[i + ROW_3]!
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
