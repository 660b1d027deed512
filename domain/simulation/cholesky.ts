/** Rounding in a pivot grows with the inverse of the smallest one before it: at this tolerance it stays far below the tolerance itself. */
const PIVOT_TOLERANCE = 1e-7
/** Greatest covariance of a row of unit variance with a variable of at most this tolerance's variance, by the Cauchy-Schwarz inequality. */
const RESIDUAL_TOLERANCE = Math.sqrt(PIVOT_TOLERANCE)

export type CholeskyResult =
  | { kind: 'factor'; factor: number[][] }
  /** First row that makes the matrix indefinite: earlier variables would explain more than the whole variance of its variable. */
  | { kind: 'indefinite'; row: number }

/**
 * Lower-triangular L with L L' = the given symmetric matrix of unit diagonal, if that is positive semi-definite.
 * A pivot within 1e-7 of zero (a variable that earlier ones determine) gives a column of zeros, provided that later rows agree;
 * any lower pivot means an indefinite matrix.
 * Source: Higham, "Analysis of the Cholesky decomposition of a semi-definite matrix", 1990, without pivoting: pivoting would change the order of the draws.
 */
export function cholesky(matrix: readonly (readonly number[])[]): CholeskyResult {
  const size = matrix.length
  const factor = Array.from({ length: size }, () => Array.from({ length: size }, () => 0))
  for (let column = 0; column < size; column++) {
    const pivot = residual(matrix, factor, column, column)
    if (!(pivot >= -PIVOT_TOLERANCE)) return { kind: 'indefinite', row: column }
    const singular = pivot <= PIVOT_TOLERANCE
    const diagonal = singular ? 0 : Math.sqrt(pivot)
    factor[column]![column] = diagonal
    for (let row = column + 1; row < size; row++) {
      const rest = residual(matrix, factor, row, column)
      if (singular && !(Math.abs(rest) <= RESIDUAL_TOLERANCE)) return { kind: 'indefinite', row }
      factor[row]![column] = singular ? 0 : rest / diagonal
    }
  }
  return { kind: 'factor', factor }
}

/** The part of matrix[row][column] that the columns before `column` do not explain. */
function residual(matrix: readonly (readonly number[])[], factor: number[][], row: number, column: number): number {
  let rest = matrix[row]![column]!
  for (let k = 0; k < column; k++) rest -= factor[row]![k]! * factor[column]![k]!
  return rest
}
