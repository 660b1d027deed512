/** What a household may hold; with these no path can overflow a double. */
export const HOUSEHOLD_LIMITS = {
  years: 100,
  paths: 100_000,
  /** Nobody is simulated past this age. */
  age: 120,
  accounts: 20,
  /** Entries of incomes, expenses, goals, contributions, debts and properties, each. */
  entries: 100,
  money: 1e12,
  growthRate: { minimum: -0.5, maximum: 0.5 },
  claimingAgeMonths: { minimum: 744, maximum: 840 },
} as const
