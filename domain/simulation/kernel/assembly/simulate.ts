import { correlate, drawsToNormals, exponentiate } from './factors'
import { fillDraws } from './generator'
import { GROSS, GROWTH, NOMINAL_FLOWS, REAL_FLOWS, ROW, YEAR_GROWTH, YEAR_INFLATION } from './memory'
import { growDrifting, growRebalanced, rebalance } from './portfolio'
import { applyFlow, closeYear, compoundYear, grow, openWealth } from './wealth'

/** Draws the next lognormal step of all lanes. */
export function stepLognormal(factors: usize): void {
  fillDraws(factors)
  drawsToNormals(factors)
  correlate(factors)
  exponentiate(factors)
}

/**
 * Simulates the block of paths with open streams.
 *
 * @param nominal, real addresses for the block's balances of the first year; each further year is `stride` bytes later
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
  const inflation = GROSS + assets * ROW
  const annual = stepsPerYear == 1
  openWealth(openingBalance)
  for (let year = 0; year < years; year++) {
    const realFlow = load<f64>(REAL_FLOWS + ((<usize>year) << 3))
    const nominalFlow = load<f64>(NOMINAL_FLOWS + ((<usize>year) << 3))
    if (!annual) rebalance(assets)
    for (let step = 0; step < stepsPerYear; step++) {
      stepLognormal(assets + 1)
      if (annual) growRebalanced(assets)
      else growDrifting(assets)
      if (flowsFirst) applyFlow(year, realFlow, nominalFlow)
      grow(inflation)
      if (!flowsFirst) applyFlow(year, realFlow, nominalFlow)
      if (!annual) compoundYear(inflation, step == 0)
    }
    closeYear(annual ? GROWTH : YEAR_GROWTH, annual ? inflation : YEAR_INFLATION, nominal, real)
    nominal += stride
    real += stride
  }
}
