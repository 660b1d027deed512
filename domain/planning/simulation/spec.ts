/**
 * Everything a simulation reads: the same specification gives the same bits on any machine, in any number of shards.
 * It is plain JSON, and its canonical text is what is hashed and stored. Money is in dollars; inside a simulation it is an estimate, hence a float.
 */
export interface SimulationSpec {
  /** Horizon, 1..120. */
  years: number
  stepsPerYear: 1 | 12
  /** Number of paths, 1..100,000. */
  paths: number
  /** Decimal int64, such as "20260101": no sign but a minus, no leading zeros. */
  seed: string
  openingBalance: number
  /** Net flow of each year in money of the as-of date: contribution positive, withdrawal negative. Each path's own price index scales it. */
  realFlows: number[]
  /** Net flow of each year in money of that year, added to the real one. */
  nominalFlows: number[]
  /** Whether a step's flow comes before its return or after. */
  flowTiming: 'begin' | 'end'
  returns: LognormalModel | BootstrapModel
  /** Fractions in (0, 1), ascending, for instance 0.05. */
  percentiles: number[]
}

/**
 * Independent years of correlated lognormal returns: for each asset E[1 + r] = 1 + meanReturn and SD[r] = volatility, both arithmetic,
 * of simple annual returns; likewise the inflation rate. Monthly steps take a twelfth of the log-mean and 1/sqrt(12) of the log-volatility.
 */
export interface LognormalModel {
  kind: 'lognormal'
  assets: LognormalAsset[]
  inflation: { mean: number; volatility: number }
  /** Of log returns: one row and column an asset, in their order, and a last one for log inflation. */
  correlation: number[][]
}

export interface LognormalAsset {
  key: string
  /** Share of the portfolio it is brought back to at each year's end. */
  weight: number
  /** Arithmetic mean of the simple annual return, a fraction. */
  meanReturn: number
  /** Standard deviation of the simple annual return, a fraction. */
  volatility: number
}

/**
 * Independent draws, with replacement, of whole calendar years: all assets and inflation keep the year they had in common. Annual steps only.
 * Source: Efron, "Bootstrap methods: another look at the jackknife", Annals of Statistics 7(1), 1979.
 */
export interface BootstrapModel {
  kind: 'bootstrap'
  /** Calendar years the rows come from, ascending. */
  years: number[]
  assets: BootstrapAsset[]
  /** Inflation of each of `years`, a fraction. */
  inflation: number[]
}

export interface BootstrapAsset {
  key: string
  weight: number
  /** Simple total return of each of `years`, a fraction. */
  returns: number[]
}

/** What a specification may hold; with these no path can overflow a double or divide by zero. */
export const SPEC_LIMITS = {
  years: 120,
  paths: 100_000,
  assets: 50,
  historicalYears: 1000,
  percentiles: 99,
  money: 1e12,
  meanReturn: { minimum: -0.9, maximum: 1 },
  meanInflation: { minimum: -0.2, maximum: 1 },
  volatility: 2,
  inflationVolatility: 0.5,
  historicalReturn: 5,
  historicalInflation: { minimum: -0.5, maximum: 5 },
} as const
