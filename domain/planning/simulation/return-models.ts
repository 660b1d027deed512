/** What returns and inflation are drawn from. Assets keep their order everywhere. */
export type ReturnModel = LognormalModel | BootstrapModel

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
