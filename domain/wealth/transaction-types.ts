/** Types that an investment transaction has; `cash` is a transaction of a bank. */
export const investmentTypes = [
  'buy',
  'sell',
  'short',
  'cover',
  'dividend',
  'reinvestment',
  'interest',
  'fee',
  'contribution',
  'withdrawal',
  'transfer_in',
  'transfer_out',
  'split',
  'merger',
  'spin_off',
  'symbol_change',
  'return_of_capital',
] as const
export const transactionTypes = ['cash', ...investmentTypes] as const
export type TransactionType = (typeof transactionTypes)[number]

/** Types that can move securities without money. All others have an amount. */
export const cashlessTypes = ['transfer_in', 'transfer_out', 'reinvestment', 'split', 'merger', 'spin_off', 'symbol_change'] as const

/** The sixteen categories of seed 002. A household has its own categories below them. */
export const transactionCategories = [
  'food_and_drink',
  'shopping',
  'transportation',
  'travel',
  'entertainment',
  'health_and_fitness',
  'home_improvement',
  'personal_care',
  'education',
  'business_services',
  'government_services',
  'transfer',
  'payment',
  'income',
  'investment',
  'other',
] as const
export type TransactionCategory = (typeof transactionCategories)[number]

/** Who has set a field of a transaction. What a person has set, no rule, import or sync overwrites. */
export const provenances = ['person', 'rule', 'import', 'plaid'] as const
export type Provenance = (typeof provenances)[number]

/** Where a transaction comes from. */
export const transactionSources = ['person', 'import', 'plaid', 'reversal'] as const
