import { BLOCK_PATHS, createMarket, type Market } from '../../simulation/index.ts'
import type { HouseholdSpec, OpeningReturns } from './spec.ts'

/** Stride from one factor to the next in a block. The values of a block's paths are side by side. */
export const FACTOR_LANES = BLOCK_PATHS

/** Returns of all years for a block of paths, so that each path can be simulated from start to end. */
export interface MarketBlock {
  /** Gross returns of the assets in the model's order, then gross inflation, at [(year * (assets + 1) + factor) * FACTOR_LANES + lane]. */
  gross: Float64Array
  /** Draws the block that begins with a path. */
  open(firstPath: number): void
}

export function createMarketBlock(spec: HouseholdSpec): MarketBlock {
  const market: Market = createMarket(spec.returns, 1, spec.seed)
  const factors = spec.returns.assets.length + 1
  const gross = new Float64Array(spec.years * factors * FACTOR_LANES)
  return {
    gross,
    open(firstPath) {
      market.open(firstPath)
      for (let year = 0; year < spec.years; year++) {
        market.step()
        const at = year * factors * FACTOR_LANES
        for (let asset = 0; asset < factors - 1; asset++) gross.set(market.assetGrowth[asset]!, at + asset * FACTOR_LANES)
        gross.set(market.inflation, at + (factors - 1) * FACTOR_LANES)
      }
      if (spec.openingReturns !== undefined) setOpening(gross, spec, spec.openingReturns)
    },
  }
}

/** The opening returns, which replace the first drawn years of every path. */
function setOpening(gross: Float64Array, spec: HouseholdSpec, opening: OpeningReturns): void {
  const factors = spec.returns.assets.length + 1
  const given = [...spec.returns.assets.map(asset => opening.assets[asset.key] ?? []), opening.inflation]
  for (const [factor, rates] of given.entries()) {
    for (const [year, rate] of rates.entries()) {
      const at = (year * factors + factor) * FACTOR_LANES
      gross.fill(1 + rate, at, at + FACTOR_LANES)
    }
  }
}
