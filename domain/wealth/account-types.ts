/** What an account is. The last three hold things of which the owner gives the value. */
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

/** How the law of the United States taxes an account. */
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

const debts: ReadonlySet<AccountType> = new Set(['credit_card', 'loan', 'mortgage'])

/** Whether the balance of an account is money that is owed. */
export const isDebt = (type: AccountType): boolean => debts.has(type)
