import type { ReturnModel } from './return-models.ts'

/**
 * Everything a simulation reads: the same specification gives the same bits on any machine, in any number of shards.
 * It is plain JSON; its canonical text is hashed and stored. Money is in dollars; inside a simulation it is an estimate, hence a float.
 */
export interface SimulationSpec {
  /** Horizon, 1..120. */
  years: number
  stepsPerYear: 1 | 12
  /** Number of paths, 1..1,000,000. */
  paths: number
  /** Decimal int64, such as "20260101": no plus sign, no leading zeros. */
  seed: string
  openingBalance: number
  /** Net flow of each year in money of the as-of date: contribution positive, withdrawal negative. Each path's own price index scales it. */
  realFlows: number[]
  /** Net flow of each year in money of that year, added to the real one. */
  nominalFlows: number[]
  /** Whether a step's flow comes before its return or after. */
  flowTiming: 'begin' | 'end'
  returns: ReturnModel
  /** Fractions in (0, 1), ascending, for instance 0.05. */
  percentiles: number[]
}

/** Up to this number of paths quantiles are exact; above it they come from counts, within 0.2 %. */
export const EXACT_QUANTILE_PATHS = 200_000

/** Limits of a specification: within them no path can overflow a double or divide by zero. */
export const SPEC_LIMITS = {
  years: 120,
  paths: 1_000_000,
  assets: 50,
  historicalYears: 1000,
  percentiles: 99,
  money: 1e12,
  meanReturn: { minimum: -0.9, maximum: 1 },
  meanInflation: { minimum: -0.2, maximum: 1 },
  volatility: 2,
  inflationVolatility: 0.5,
  degreesOfFreedom: { above: 2, maximum: 1000 },
  calendarYear: { minimum: 0, maximum: 9999 },
  historicalReturn: 5,
  historicalInflation: { minimum: -0.5, maximum: 5 },
} as const
