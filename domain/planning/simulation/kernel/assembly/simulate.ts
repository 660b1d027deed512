import { correlate, drawsToNormals, exponentiate } from './factors'
import { fillDraws } from './generator'
import { GROSS, LANES, NOMINAL_FLOWS, REAL_FLOWS, ROW } from './memory'
import { growDrifting, growRebalanced, rebalance } from './portfolio'
import { applyFlow, closeYear, grow, openWealth, openYear } from './wealth'

/** Draws the next lognormal step of all lanes. */
export function stepLognormal(factors: usize): void {
  fillDraws(factors)
  drawsToNormals(factors)
  correlate(factors)
  exponentiate(factors)
}

/**
 * Simulates the block of paths whose streams are open.
 *
 * @param nominal, real where the block's balances of the first year go; those of each further year `stride` bytes on
 */
export function simulateBlock(
  assets: usize,
  years: i32,
  stepsPerYear: i32,
  flowsFirst: bool,
  openingBalance: f64,
  nominal: usize,
  real: usize,
  stride: usize,
): void {
  openWealth(openingBalance)
  for (let year = 0; year < years; year++) {
    const realFlow = load<f64>(REAL_FLOWS + ((<usize>year) << 3))
    const nominalFlow = load<f64>(NOMINAL_FLOWS + ((<usize>year) << 3))
    openYear()
    if (stepsPerYear > 1) rebalance(assets)
    for (let step = 0; step < stepsPerYear; step++) {
      stepLognormal(assets + 1)
      if (stepsPerYear > 1) growDrifting(assets)
      else growRebalanced(assets)
      if (flowsFirst) applyFlow(year, realFlow, nominalFlow)
      grow(GROSS + assets * ROW)
      if (!flowsFirst) applyFlow(year, realFlow, nominalFlow)
    }
    closeYear(nominal, real)
    nominal += stride
    real += stride
  }
}
