/**
 * Where the balance of an account comes from. `ledger`: the opening balance and all posted transactions. `stated`: what the institution or a
 * person has stated last, such as a valuation.
 */
export const balanceSources = ['ledger', 'stated'] as const

/** Types that can move securities without money. All others have an amount. */
export const cashlessTypes = [
  'transfer_in',
  'transfer_out',
  'reinvestment',
  'split',
  'stock_dividend',
  'merger',
  'spin_off',
  'symbol_change',
] as const

/** Who has set a field of a transaction. What a person has set, no rule, import or sync overwrites. */
export const provenances = ['person', 'rule', 'import', 'plaid'] as const
export type Provenance = (typeof provenances)[number]

/** Where a transaction comes from. */
export const transactionSources = ['person', 'import', 'plaid', 'reversal'] as const
export type BalanceSource = (typeof balanceSources)[number]

/** Who has stated the worth of an account. */
export const valuationSources = ['person', 'plaid', 'import'] as const

/** Who put in a contribution and how it is taxed. Rollovers and conversions count towards no limit. */
export const contributionSources = [
  'employee_pre_tax',
  'employee_roth',
  'employee_after_tax',
  'employer',
  'rollover',
  'conversion',
] as const
export type ContributionSource = (typeof contributionSources)[number]
