import { SPEC_LIMITS } from '../../simulation/index.ts'

/** What a household may hold; with these no path can overflow a double. */
export const HOUSEHOLD_LIMITS = {
  years: 100,
  paths: SPEC_LIMITS.paths,
  /** Up to so many paths a result is made of the paths themselves; beyond, of counts, with quantiles within 0.2 %. */
  exactPaths: 100_000,
  /** Nobody is simulated past this age. */
  age: 120,
  accounts: 20,
  /** Entries of incomes, expenses, goals, contributions, debts and properties, each. */
  entries: 100,
  money: 1e12,
  /** Of a balance, per year. */
  feeRate: 0.1,
  growthRate: { minimum: -0.5, maximum: 0.5 },
  claimingAgeMonths: { minimum: 744, maximum: 840 },
} as const

/** Whether a household's paths are counted and not kept. */
export const isCounted = ({ paths }: { readonly paths: number }): boolean => paths > HOUSEHOLD_LIMITS.exactPaths
