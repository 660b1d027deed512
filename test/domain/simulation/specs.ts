import type {
  BootstrapModel,
  HistoricalReturns,
  LognormalModel,
  RegimeModel,
  SimulationSpec,
  StudentTModel,
} from '../../../domain/simulation/index.ts'

const YEARS = 30

/** Two assets and inflation; contributions for ten years, then withdrawals for twenty. */
export const LOGNORMAL: LognormalModel = {
  kind: 'lognormal',
  assets: [
    { key: 'stocks', weight: 0.6, meanReturn: 0.08, volatility: 0.17 },
    { key: 'bonds', weight: 0.4, meanReturn: 0.035, volatility: 0.06 },
  ],
  inflation: { mean: 0.025, volatility: 0.015 },
  correlation: [
    [1, 0.1, -0.05],
    [0.1, 1, -0.3],
    [-0.05, -0.3, 1],
  ],
}

/** Enough factors for more than one group of rows. */
export const SIX_ASSETS: LognormalModel = {
  kind: 'lognormal',
  assets: [
    { key: 'US large', weight: 0.3, meanReturn: 0.078, volatility: 0.166 },
    { key: 'US small', weight: 0.1, meanReturn: 0.088, volatility: 0.202 },
    { key: 'developed', weight: 0.15, meanReturn: 0.087, volatility: 0.189 },
    { key: 'emerging', weight: 0.05, meanReturn: 0.11, volatility: 0.254 },
    { key: 'core bonds', weight: 0.3, meanReturn: 0.034, volatility: 0.055 },
    { key: 'real estate', weight: 0.1, meanReturn: 0.073, volatility: 0.145 },
  ],
  inflation: { mean: 0.025, volatility: 0.015 },
  correlation: [
    [1, 0.88, 0.81, 0.72, 0.13, 0.43, -0.05],
    [0.88, 1, 0.75, 0.69, 0.08, 0.43, -0.05],
    [0.81, 0.75, 1, 0.79, 0.14, 0.39, -0.05],
    [0.72, 0.69, 0.79, 1, 0.13, 0.34, 0],
    [0.13, 0.08, 0.14, 0.13, 1, 0.07, -0.2],
    [0.43, 0.43, 0.39, 0.34, 0.07, 1, 0.1],
    [-0.05, -0.05, -0.05, 0, -0.2, 0.1, 1],
  ],
}

/** Seven made-up calendar years. */
export const BOOTSTRAP: BootstrapModel = {
  kind: 'bootstrap',
  years: [1, 2, 3, 4, 5, 6, 7],
  assets: [
    { key: 'stocks', weight: 0.6, returns: [0.21, -0.18, 0.09, 0.32, -0.05, 0.14, 0.02] },
    { key: 'bonds', weight: 0.4, returns: [0.03, 0.08, 0.01, -0.04, 0.05, 0.02, 0.06] },
  ],
  inflation: [0.02, 0.05, 0.01, 0.03, 0.08, -0.01, 0.025],
}

/** The same assets with heavier tails than lognormal ones. */
export const STUDENT_T: StudentTModel = { ...LOGNORMAL, kind: 'student_t', degreesOfFreedom: 5 }

/** A calm regime, and a rarer turbulent one in which everything falls together. */
export const REGIMES: RegimeModel = {
  kind: 'regime',
  assets: [
    { key: 'stocks', weight: 0.6 },
    { key: 'bonds', weight: 0.4 },
  ],
  regimes: [
    {
      assets: [
        { meanReturn: 0.11, volatility: 0.12 },
        { meanReturn: 0.035, volatility: 0.05 },
      ],
      inflation: { mean: 0.02, volatility: 0.01 },
      correlation: LOGNORMAL.correlation,
    },
    {
      assets: [
        { meanReturn: -0.12, volatility: 0.3 },
        { meanReturn: 0.02, volatility: 0.1 },
      ],
      inflation: { mean: 0.05, volatility: 0.03 },
      correlation: [
        [1, 0.6, -0.4],
        [0.6, 1, -0.5],
        [-0.4, -0.5, 1],
      ],
    },
  ],
  transition: [
    [0.85, 0.15],
    [0.45, 0.55],
  ],
  start: [0.75, 0.25],
}

/** Four made-up years of months. */
export const MONTHLY_HISTORY: HistoricalReturns = {
  periodsPerYear: 12,
  years: [1, 2, 3, 4],
  assets: [
    { key: 'stocks', weight: 0.6, returns: Array.from({ length: 48 }, (_, month) => ((month * 29) % 47) / 500 - 0.04) },
    { key: 'bonds', weight: 0.4, returns: Array.from({ length: 48 }, (_, month) => ((month * 17) % 31) / 2000 - 0.004) },
  ],
  inflation: Array.from({ length: 48 }, (_, month) => ((month * 11) % 13) / 2000 - 0.001),
}

const byYear = (amount: (year: number) => number): number[] => Array.from({ length: YEARS }, (_, year) => amount(year))

/** Changes to a specification: three accounts, one of which is empty at first. One has a glide path, two have fees. */
export const ACCOUNTS = {
  openingBalance: 250_000,
  realFlows: byYear(year => (year < 10 ? 0 : -36_000)),
  nominalFlows: byYear(year => (year < 15 ? 0 : -1_000)),
  accounts: [
    {
      key: 'Savings',
      openingBalance: 150_000,
      allocation: [
        { year: 0, weights: { stocks: 0.9, bonds: 0.1 } },
        { year: 20, weights: { stocks: 0.2, bonds: 0.8 } },
      ],
      feeRate: 0.01,
      realContributions: byYear(() => 0),
      nominalContributions: byYear(() => 0),
    },
    {
      key: 'Bonds',
      openingBalance: 100_000,
      allocation: [{ year: 0, weights: { bonds: 1 } }],
      feeRate: 0,
      realContributions: byYear(() => 0),
      nominalContributions: byYear(year => (year < 20 ? 4_800 : 0)),
    },
    {
      key: 'New',
      openingBalance: 0,
      allocation: [{ year: 0, weights: { stocks: 0.6, bonds: 0.4 } }],
      feeRate: 0.004,
      realContributions: byYear(year => (year < 10 ? 15_000 : 0)),
      nominalContributions: byYear(() => 0),
    },
  ],
} satisfies Partial<SimulationSpec>

export function simulationSpec(changes: Partial<SimulationSpec> = {}): SimulationSpec {
  const years = changes.years ?? YEARS
  return {
    years,
    stepsPerYear: 1,
    paths: 1000,
    seed: '20260101',
    openingBalance: 250_000,
    realFlows: Array.from({ length: years }, (_, year) => (year < 10 ? 15_000 : -36_000)),
    nominalFlows: Array.from({ length: years }, (_, year) => (year < 20 ? 0 : 4_800)),
    flowTiming: 'begin',
    returns: LOGNORMAL,
    percentiles: [0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95],
    ...changes,
  }
}

export const noFlows = (years: number): number[] => Array.from({ length: years }, () => 0)

/** One asset and inflation without risk. */
export function certain(meanReturn: number, inflation: number): LognormalModel {
  return {
    kind: 'lognormal',
    assets: [{ key: 'only', weight: 1, meanReturn, volatility: 0 }],
    inflation: { mean: inflation, volatility: 0 },
    correlation: [
      [1, 0],
      [0, 1],
    ],
  }
}
