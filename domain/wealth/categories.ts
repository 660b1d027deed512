/** The categories of transactions. */
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
