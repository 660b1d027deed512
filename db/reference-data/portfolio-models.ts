/** Ten allocations over the asset classes of the 2017 survey, from capital preservation to equity only. Shares add up to one. */
export const portfolioModelAllocations: readonly {
  readonly riskLevel: number
  readonly name: string
  readonly allocation: Readonly<Record<string, number>>
}[] = [
  { riskLevel: 1, name: 'Capital preservation', allocation: { cash: 0.5, us_core_bond: 0.3, tips: 0.2 } },
  {
    riskLevel: 2,
    name: 'Very conservative',
    allocation: { cash: 0.2, us_core_bond: 0.45, tips: 0.2, us_large_cap: 0.1, developed_equity: 0.05 },
  },
  { riskLevel: 3, name: 'Conservative', allocation: { cash: 0.1, us_core_bond: 0.5, tips: 0.1, us_large_cap: 0.2, developed_equity: 0.1 } },
  {
    riskLevel: 4,
    name: 'Moderately conservative',
    allocation: { cash: 0.05, us_core_bond: 0.45, tips: 0.1, us_large_cap: 0.25, us_small_mid_cap: 0.05, developed_equity: 0.1 },
  },
  {
    riskLevel: 5,
    name: 'Balanced',
    allocation: { us_core_bond: 0.4, tips: 0.1, us_large_cap: 0.28, us_small_mid_cap: 0.07, developed_equity: 0.12, emerging_equity: 0.03 },
  },
  {
    riskLevel: 6,
    name: 'Moderate growth',
    allocation: {
      us_core_bond: 0.35,
      tips: 0.05,
      us_large_cap: 0.32,
      us_small_mid_cap: 0.08,
      developed_equity: 0.15,
      emerging_equity: 0.05,
    },
  },
  {
    riskLevel: 7,
    name: 'Growth',
    allocation: {
      us_core_bond: 0.3,
      us_large_cap: 0.36,
      us_small_mid_cap: 0.1,
      developed_equity: 0.16,
      emerging_equity: 0.05,
      real_estate: 0.03,
    },
  },
  {
    riskLevel: 8,
    name: 'High growth',
    allocation: {
      us_core_bond: 0.2,
      us_large_cap: 0.4,
      us_small_mid_cap: 0.12,
      developed_equity: 0.18,
      emerging_equity: 0.06,
      real_estate: 0.04,
    },
  },
  {
    riskLevel: 9,
    name: 'Aggressive growth',
    allocation: {
      us_core_bond: 0.1,
      us_large_cap: 0.45,
      us_small_mid_cap: 0.14,
      developed_equity: 0.2,
      emerging_equity: 0.07,
      real_estate: 0.04,
    },
  },
  {
    riskLevel: 10,
    name: 'Equity only',
    allocation: { us_large_cap: 0.5, us_small_mid_cap: 0.16, developed_equity: 0.23, emerging_equity: 0.11 },
  },
]
