/* The simulation's kernel: the stages of the plain TypeScript form, bit by bit the same, in WebAssembly with 128-bit SIMD. */
export { correlate, drawsToNormals, exponentiate } from './factors'
export { fillDraws, openStreams } from './generator'
export {
  DEPLETED_IN,
  DRIFT,
  EXP2,
  GROSS,
  LOADINGS,
  NOMINAL_FLOWS,
  NOMINAL_RETURN_SUM,
  NORMAL_CUBICS,
  ORDER_STATISTICS,
  PRICE_INDEX,
  RANKS,
  REAL_FLOWS,
  REAL_RETURN_SUM,
  RESULTS,
  SAMPLE,
  SCRATCH,
  TOTAL_GROWTH,
  WEIGHTS,
} from './memory'
export { growDrifting, growRebalanced, rebalance } from './portfolio'
export { orderStatistics } from './quantiles'
export { simulateBlock, stepLognormal } from './simulate'
export { addAll, addAnnualised, addSquaredDeviations, divide, greatestOf, leastOf } from './statistics'
export { applyFlow, closeYear, compoundYear, grow, openWealth } from './wealth'
