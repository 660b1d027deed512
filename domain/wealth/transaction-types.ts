/** Types of transactions in an account that holds securities. */
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
  'stock_dividend',
  'merger',
  'spin_off',
  'symbol_change',
  'return_of_capital',
] as const
export type InvestmentType = (typeof investmentTypes)[number]

/** `cash` is a transaction of a bank account or a card. */
export const transactionTypes = ['cash', ...investmentTypes] as const
export type TransactionType = (typeof transactionTypes)[number]

const ofShares: ReadonlySet<TransactionType> = new Set(['buy', 'sell', 'short', 'cover', 'reinvestment'])

/** Whether transactions of a type always have a security and a quantity. */
export const needsQuantity = (type: TransactionType): boolean => ofShares.has(type)
