/*
 * The stages a block of paths goes through at each step, each one plain loop over flat arrays or over rows of BLOCK_PATHS lanes, one lane per path.
 * All lanes are always computed; those past the last path are dropped later.
 */

export const BLOCK_PATHS = 64

/** Rows that one pass handles at once. */
const GROUP = 4

/** `count` rounded up to whole groups: matrices and coefficients are padded with zeros to this number of rows. */
export function paddedToGroups(count: number): number {
  return Math.ceil(count / GROUP) * GROUP
}

/** Coefficients, padded with zeros. */
export function padded(coefficients: ArrayLike<number>): Float64Array {
  const filled = new Float64Array(paddedToGroups(coefficients.length))
  filled.set(coefficients)
  return filled
}

/** Rows of BLOCK_PATHS lanes. */
export type Rows = readonly Float64Array[]

/** The rows of a flat matrix, as views. */
export function rowsOf(matrix: Float64Array): Rows {
  return Array.from({ length: matrix.length / BLOCK_PATHS }, (_, row) => matrix.subarray(row * BLOCK_PATHS, (row + 1) * BLOCK_PATHS))
}

/**
 * One draw for each of `draws.length / BLOCK_PATHS` factors and each lane, with the lane's generator at states[4 * lane]: the same words that
 * nextWord would give a path factor by factor, with the state in local variables.
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
 * @param loadings lower-triangular, each row padded
 * @param normals padded rows
 */
export function correlate(drift: Float64Array, loadings: Rows, normals: Rows, out: Rows): void {
  for (let i = 0; i < drift.length; i++) combineRows(drift[i]!, loadings[i]!, i + 1, normals, out[i]!)
}

/**
 * Gross return of a portfolio that starts the step at its target weights.
 *
 * @param weights padded
 * @param gross padded rows
 */
export function growRebalanced(weights: Float64Array, gross: Rows, growth: Float64Array): void {
  combineRows(0, weights, weights.length, gross, growth)
}

/** out = start + sum over j < count of c[j] rows[j], in the order of j. */
function combineRows(start: number, c: Float64Array, count: number, rows: Rows, out: Float64Array): void {
  startRows(start, c[0]!, c[1]!, c[2]!, c[3]!, rows[0]!, rows[1]!, rows[2]!, rows[3]!, out)
  for (let j = GROUP; j < count; j += GROUP) {
    addRows(c[j]!, c[j + 1]!, c[j + 2]!, c[j + 3]!, rows[j]!, rows[j + 1]!, rows[j + 2]!, rows[j + 3]!, out)
  }
}

type Row = Float64Array

function startRows(start: number, a: number, b: number, c: number, d: number, w: Row, x: Row, y: Row, z: Row, out: Row): void {
  for (let lane = 0; lane < BLOCK_PATHS; lane++) out[lane] = start + a * w[lane]! + b * x[lane]! + c * y[lane]! + d * z[lane]!
}

function addRows(a: number, b: number, c: number, d: number, w: Row, x: Row, y: Row, z: Row, out: Row): void {
  for (let lane = 0; lane < BLOCK_PATHS; lane++) out[lane] = out[lane]! + a * w[lane]! + b * x[lane]! + c * y[lane]! + d * z[lane]!
}

/**
 * Gross return of a portfolio with holdings that drift. Flows are applied in proportion to the holdings, so the return does not depend on them.
 *
 * @param holdings value of each asset, updated, padded rows; at the start of a year the target weights
 * @param value total of the holdings, updated; at the start of a year 1
 * @param gross padded rows
 */
export function growDrifting(holdings: Rows, value: Float64Array, gross: Rows, growth: Float64Array): void {
  growth.set(value)
  value.fill(0)
  for (let j = 0; j < holdings.length; j += GROUP) {
    growFour(
      holdings[j]!,
      holdings[j + 1]!,
      holdings[j + 2]!,
      holdings[j + 3]!,
      gross[j]!,
      gross[j + 1]!,
      gross[j + 2]!,
      gross[j + 3]!,
      value,
    )
  }
  for (let lane = 0; lane < BLOCK_PATHS; lane++) growth[lane] = value[lane]! / growth[lane]!
}

/** Multiplies four holdings by their gross returns and adds them to the total. */
function growFour(a: Row, b: Row, c: Row, d: Row, w: Row, x: Row, y: Row, z: Row, total: Row): void {
  for (let lane = 0; lane < BLOCK_PATHS; lane++) {
    const first = a[lane]! * w[lane]!
    const second = b[lane]! * x[lane]!
    const third = c[lane]! * y[lane]!
    const fourth = d[lane]! * z[lane]!
    a[lane] = first
    b[lane] = second
    c[lane] = third
    d[lane] = fourth
    total[lane] = total[lane]! + first + second + third + fourth
  }
}
