import { BLOCK_PATHS, growDrifting, growRebalanced, padded, type Rows, rowsOf } from './stages.ts'

/** Gross return of a portfolio that is rebalanced to its target weights at each year's end, for a block of paths. */
export interface Portfolio {
  /** Gross return of the step just drawn. */
  readonly growth: Float64Array
  /**
   * Reads the step that the market has just drawn.
   *
   * @param stepOfYear 0 for the step that starts from target weights
   */
  step(stepOfYear: number): void
}

/** @param assetGrowth of the market: one row per asset, read at each step */
export function createPortfolio(assets: readonly { weight: number }[], assetGrowth: Rows, stepsPerYear: number): Portfolio {
  const weights = padded(normalisedWeights(assets))
  const nothing = new Float64Array(BLOCK_PATHS)
  const gross = Array.from(weights, (_, asset) => assetGrowth[asset] ?? nothing)
  const growth = new Float64Array(BLOCK_PATHS)
  if (stepsPerYear === 1) return { growth, step: () => growRebalanced(weights, gross, growth) }

  const holdings = rowsOf(new Float64Array(weights.length * BLOCK_PATHS))
  const value = new Float64Array(BLOCK_PATHS)
  return {
    growth,
    step(stepOfYear) {
      if (stepOfYear === 0) {
        for (const [asset, weight] of weights.entries()) holdings[asset]!.fill(weight)
        value.fill(1)
      }
      growDrifting(holdings, value, gross, growth)
    },
  }
}

/** Target weights scaled to sum to one to the last bits. In a specification they do so only within 1e-9. */
export function normalisedWeights(assets: readonly { weight: number }[]): Float64Array {
  const total = assets.reduce((sum, asset) => sum + asset.weight, 0)
  return Float64Array.from(assets, asset => asset.weight / total)
}
