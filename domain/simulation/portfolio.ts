import { exp, log1p } from '../numeric/index.ts'
import { glidePath } from './glide-path.ts'
import type { PortfolioAccount, SimulationSpec } from './spec.ts'
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
  step(year: number, stepOfYear: number): void
}

/**
 * @param targets normalised weights of each year
 * @param assetGrowth of the market: one row per asset, read at each step
 */
export function createPortfolio(targets: readonly Float64Array[], assetGrowth: Rows, stepsPerYear: number): Portfolio {
  const weights = targets.map(padded)
  const nothing = new Float64Array(BLOCK_PATHS)
  const gross = Array.from(weights[0]!, (_, asset) => assetGrowth[asset] ?? nothing)
  const growth = new Float64Array(BLOCK_PATHS)
  if (stepsPerYear === 1) return { growth, step: year => growRebalanced(weights[year]!, gross, growth) }

  const holdings = rowsOf(new Float64Array(gross.length * BLOCK_PATHS))
  const value = new Float64Array(BLOCK_PATHS)
  return {
    growth,
    step(year, stepOfYear) {
      if (stepOfYear === 0) {
        for (const [asset, weight] of weights[year]!.entries()) holdings[asset]!.fill(weight)
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

/** The weights of a portfolio without accounts, for each year. */
export const constantTargets = ({ returns, years }: SimulationSpec): Float64Array[] => {
  const weights = normalisedWeights(returns.assets)
  return Array.from({ length: years }, () => weights)
}

/** The weights of an account for each year. */
export const accountTargets = ({ returns, years }: SimulationSpec, { allocation }: PortfolioAccount): Float64Array[] => {
  const keys = returns.assets.map(({ key }) => key)
  const path = glidePath(allocation, keys, years)
  return Array.from({ length: years }, (_, year) => path.subarray(year * keys.length, (year + 1) * keys.length))
}

/** The fraction of an account that its fee leaves after a step: twelve monthly fees are together the annual one. */
export const keptAfterFee = ({ feeRate }: PortfolioAccount, stepsPerYear: number): number =>
  stepsPerYear === 1 ? 1 - feeRate : exp(log1p(-feeRate) / stepsPerYear)
