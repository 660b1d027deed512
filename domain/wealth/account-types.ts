/** The eight types of seed 002, and what a household owns without a ledger: property, vehicles and private assets. */
export const accountTypes = [
  'checking',
  'savings',
  'credit_card',
  'investment',
  'retirement',
  'loan',
  'mortgage',
  'other',
  'property',
  'vehicle',
  'private_asset',
] as const
export type AccountType = (typeof accountTypes)[number]

/** How the tax law treats an account. */
export const taxTypes = [
  'taxable_brokerage',
  '401k',
  '403b',
  '457b',
  'traditional_ira',
  'rollover_ira',
  'roth_ira',
  'sep_ira',
  'simple_ira',
  '529',
  'hsa',
  'trust',
  'custodial',
] as const
export type TaxType = (typeof taxTypes)[number]

/**
 * Where the balance of an account comes from. `ledger`: the opening balance and all posted transactions. `stated`: what the institution or a
 * person has stated last, such as a valuation.
 */
export const balanceSources = ['ledger', 'stated'] as const
