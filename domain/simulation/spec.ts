import type { ReturnModel } from './return-models.ts'

/** Weights from a year on. Weights are linear between the points of a glide path. */
export interface WeightPoint {
  /** Counted from 0. */
  readonly year: number
  /** Share of each asset, by its key; the shares add up to 1. */
  readonly weights: Readonly<Record<string, number>>
}

/** An account of a portfolio in which each account has its own weights and fee. */
export interface PortfolioAccount {
  readonly key: string
  readonly openingBalance: number
  /** By year, ascending. */
  readonly allocation: readonly WeightPoint[]
  /** Fraction of the balance per year. */
  readonly feeRate: number
  /** Paid into the account each year, in money of the as-of date. */
  readonly realContributions: readonly number[]
  /** Paid into the account each year, in money of that year, added to the real ones. */
  readonly nominalContributions: readonly number[]
}

/**
 * The facts that the years of the flows come from. The engine does not read them. A specification keeps them so that its hash covers them, even
 * where two of them give the same flows.
 */
export interface FlowSources {
  /** The persons of whom the first retirement limits the flows without a period of their own. */
  readonly people: readonly { readonly key: string; readonly birthDate: string; readonly retirementAge: number }[]
  /** The periods and the accounts of contributions as they are given; null where they are left out. */
  readonly flows: readonly {
    readonly key: string
    readonly startYear: number | null
    readonly endYear: number | null
    readonly account: string | null
  }[]
}

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
  /** With accounts, the sum of theirs. */
  openingBalance: number
  /** Net flow of each year in money of the as-of date: contribution positive, withdrawal negative. Each path's own price index scales it. */
  realFlows: number[]
  /** Net flow of each year in money of that year, added to the real one. */
  nominalFlows: number[]
  /**
   * Accounts with weights and fees of their own. Without them all money is one portfolio with the weights of the return model. With them, the
   * flows are withdrawals only, and contributions are those of the accounts.
   */
  accounts?: readonly PortfolioAccount[]
  sources?: FlowSources
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
  accounts: 100,
  /** Fraction of a balance, per year. */
  feeRate: 0.1,
  meanReturn: { minimum: -0.9, maximum: 1 },
  meanInflation: { minimum: -0.2, maximum: 1 },
  volatility: 2,
  inflationVolatility: 0.5,
  degreesOfFreedom: { above: 2, maximum: 1000 },
  calendarYear: { minimum: 0, maximum: 9999 },
  historicalReturn: 5,
  historicalInflation: { minimum: -0.5, maximum: 5 },
} as const
