/** The source of returns and inflation. Assets keep their order everywhere. */
export type ReturnModel =
  | LognormalModel
  | StudentTModel
  | RegimeModel
  | BootstrapModel
  | BlockBootstrapModel
  | StationaryBootstrapModel
  | HistoricalReplayModel

/** An asset of the portfolio. */
export interface WeightedAsset {
  key: string
  /** Target share of the portfolio, restored at each year's end. */
  weight: number
}

/** The arithmetic mean and the standard deviation of a simple annual return, fractions. */
export interface ReturnMoments {
  meanReturn: number
  volatility: number
}

export interface LognormalAsset extends WeightedAsset, ReturnMoments {}

export interface InflationMoments {
  mean: number
  volatility: number
}

/**
 * Independent years of correlated lognormal returns: for each asset E[1 + r] = 1 + meanReturn and SD[r] = volatility, both arithmetic,
 * of simple annual returns; likewise the inflation rate. Monthly steps take a twelfth of the log-mean and 1/sqrt(12) of the log-volatility.
 */
export interface LognormalModel {
  kind: 'lognormal'
  assets: LognormalAsset[]
  inflation: InflationMoments
  /** Of log returns: one row and column per asset, in their order, and a last one for log inflation. */
  correlation: number[][]
}

/**
 * Independent steps of a multivariate Student t distribution of simple returns and inflation: one chi-square variate scales all of a step's
 * normals, so that extremes come together. Means and standard deviations are those of the model whatever the degrees of freedom, and over
 * a year the same for monthly steps: within 0.0001 and 1 % of them, after the bounds of a step's gross return (0.01 to 10), unless no
 * distribution within the bounds has the standard deviation. The fewer the degrees of freedom, the heavier the tails.
 * Source: Kotz and Nadarajah, "Multivariate t distributions and their applications", 2004, 1.1.
 */
export interface StudentTModel {
  kind: 'student_t'
  /** Above 2, where the variance is finite. */
  degreesOfFreedom: number
  assets: LognormalAsset[]
  inflation: InflationMoments
  /** Of simple returns: one row and column per asset, in their order, and a last one for inflation. */
  correlation: number[][]
}

/**
 * A Markov chain of two regimes, each with lognormal returns of its own.
 * Source: Hamilton, "A new approach to the economic analysis of nonstationary time series and the business cycle", Econometrica 57(2), 1989.
 */
export interface RegimeModel {
  kind: 'regime'
  assets: WeightedAsset[]
  regimes: [Regime, Regime]
  /** transition[i][j]: probability that regime j rules one year after regime i. Monthly steps use the chain that gives this after twelve steps. */
  transition: number[][]
  /** Probability of each regime in the first step. */
  start: number[]
}

/** As in LognormalModel, while the regime rules. */
export interface Regime {
  /** One per asset of the model, in their order. */
  assets: ReturnMoments[]
  inflation: InflationMoments
  correlation: number[][]
}

/** Returns of the past: all assets and inflation of a period belong together. */
export interface HistoricalReturns {
  /** 1 by default. A simulation's steps are these periods. */
  periodsPerYear?: 1 | 12
  /** Calendar years of the returns, ascending; with monthly returns, whole years from January on. */
  years: number[]
  assets: HistoricalAsset[]
  /** Inflation of each period, a fraction. */
  inflation: number[]
}

export interface HistoricalAsset extends WeightedAsset {
  /** Simple total return of each period, a fraction. */
  returns: number[]
}

/**
 * Independent draws of periods, with replacement.
 * Source: Efron, "Bootstrap methods: another look at the jackknife", Annals of Statistics 7(1), 1979.
 */
export interface BootstrapModel extends HistoricalReturns {
  kind: 'bootstrap'
}

/**
 * Blocks of consecutive periods of a fixed length, each from a period drawn with replacement; after the last period comes the first.
 * Source: Politis and Romano, "A circular block-resampling procedure for stationary data", in Exploring the Limits of Bootstrap, 1992.
 */
export interface BlockBootstrapModel extends HistoricalReturns {
  kind: 'block_bootstrap'
  blockLengthPeriods: number
}

/**
 * The same with blocks of random, geometrically distributed length.
 * Source: Politis and Romano, "The stationary bootstrap", JASA 89(428), 1994.
 */
export interface StationaryBootstrapModel extends HistoricalReturns {
  kind: 'stationary_bootstrap'
  /** At least 1; each period ends its block with probability 1 / this. */
  meanBlockLengthPeriods: number
}

/** The past as it was: path k starts with the k-th year and continues from there. There is one path per start that leaves room for the horizon. */
export interface HistoricalReplayModel extends HistoricalReturns {
  kind: 'historical_replay'
}
