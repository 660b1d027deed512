import type { CapitalMarketAssumptions } from '../../domain/planning/index.ts'

// Key, name, arithmetic mean return, volatility, then the correlations with the asset classes above, in their order.
const rows: readonly (readonly [string, string, number, number, ...number[]])[] = [
  ['us_large_cap', 'US equity, large cap', 0.0776, 0.1658],
  ['us_small_mid_cap', 'US equity, small and mid cap', 0.0881, 0.2022, 0.88],
  ['developed_equity', 'Non-US equity, developed', 0.0866, 0.1886, 0.81, 0.75],
  ['emerging_equity', 'Non-US equity, emerging', 0.1099, 0.2542, 0.72, 0.69, 0.79],
  ['us_core_bond', 'US corporate bonds, core', 0.034, 0.055, 0.13, 0.08, 0.14, 0.13],
  ['us_long_bond', 'US corporate bonds, long duration', 0.0416, 0.1044, 0.11, 0.06, 0.13, 0.12, 0.86],
  ['us_high_yield', 'US corporate bonds, high yield', 0.0561, 0.1061, 0.62, 0.61, 0.61, 0.63, 0.36, 0.31],
  ['developed_bond', 'Non-US debt, developed', 0.0248, 0.0736, 0.15, 0.09, 0.3, 0.22, 0.56, 0.51, 0.21],
  ['emerging_debt', 'Non-US debt, emerging', 0.0597, 0.1179, 0.55, 0.5, 0.59, 0.68, 0.45, 0.4, 0.61, 0.39],
  ['cash', 'US Treasuries (cash equivalents)', 0.0234, 0.0297, -0.1, -0.13, -0.08, -0.08, 0.35, 0.34, -0.05, 0.23, 0.1],
  ['tips', 'TIPS (inflation-protected)', 0.0305, 0.0632, 0.06, 0.03, 0.12, 0.19, 0.69, 0.57, 0.29, 0.47, 0.41, 0.35],
  ['real_estate', 'Real estate', 0.0728, 0.1452, 0.43, 0.43, 0.39, 0.34, 0.07, 0.09, 0.32, 0.05, 0.24, 0.01, 0.11],
  ['hedge_funds', 'Hedge funds', 0.0526, 0.08, 0.62, 0.61, 0.64, 0.64, 0.17, 0.09, 0.56, 0.1, 0.47, -0.08, 0.16, 0.32],
  ['commodities', 'Commodities', 0.056, 0.1789, 0.32, 0.31, 0.41, 0.45, 0.09, 0.03, 0.35, 0.21, 0.35, -0.02, 0.27, 0.22, 0.43],
  ['infrastructure', 'Infrastructure', 0.077, 0.1455, 0.51, 0.47, 0.52, 0.47, 0.23, 0.19, 0.46, 0.28, 0.42, -0.04, 0.18, 0.27, 0.42, 0.31],
  [
    'private_equity',
    'Private equity',
    0.1133,
    0.2198,
    0.73,
    0.71,
    0.7,
    0.65,
    0.04,
    0.01,
    0.51,
    0.07,
    0.45,
    -0.1,
    0.02,
    0.4,
    0.62,
    0.33,
    0.45,
  ],
]

/**
 * Ten-year figures of the Horizon Actuarial Services survey of capital market assumptions, 2017 edition (35 advisers): arithmetic mean
 * returns, standard deviations and correlations. The survey correlates asset classes only; inflation's figures are J.P. Morgan's
 * Long-Term Capital Market Assumptions 2023 (US inflation: arithmetic 2.62 %, volatility 1.77 %; correlation with cash -0.03).
 * Its other correlations are set to zero.
 */
export const horizonSurvey2017: CapitalMarketAssumptions = {
  assets: rows.map(([key, name, meanReturn, volatility]) => ({ key, name, meanReturn, volatility })),
  inflation: { mean: 0.0262, volatility: 0.0177, correlation: rows.map(([key]) => (key === 'cash' ? -0.03 : 0)) },
  correlation: rows.map((row, i) => rows.map((other, j) => (i === j ? 1 : i > j ? row[4 + j]! : other[4 + i]!)) as number[]),
}
