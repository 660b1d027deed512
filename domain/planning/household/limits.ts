import { SPEC_LIMITS } from '../../simulation/index.ts'

/** Limits of a household. Within them no path can overflow a double. */
export const HOUSEHOLD_LIMITS = {
  years: 100,
  paths: SPEC_LIMITS.paths,
  /** Up to this number of paths, results are computed from the paths themselves; above it, from counts, with quantiles within 0.2 %. */
  exactPaths: 100_000,
  /** Oldest age that is simulated. */
  age: 120,
  accounts: 20,
  /** Most entries of each of: incomes, expenses, goals, contributions, debts, properties. */
  entries: 100,
  money: 1e12,
  /** Fraction of a balance, per year. */
  feeRate: 0.1,
  growthRate: { minimum: -0.5, maximum: 0.5 },
  claimingAgeMonths: { minimum: 744, maximum: 840 },
  survivorClaimingAgeMonths: { minimum: 720, maximum: 840 },
} as const

/** Whether the result of a household is computed from counts, without keeping its paths. */
export const isCounted = ({ paths }: { readonly paths: number }): boolean => paths > HOUSEHOLD_LIMITS.exactPaths
