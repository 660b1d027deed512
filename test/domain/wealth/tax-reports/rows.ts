import type { RealisedRow, TaxAccount, TaxLedgerRow } from '../../../../domain/wealth/index.ts'

/** A sale of 100 shares of stock at a broker, bought in 2024 and sold in 2025. */
export const realised = (changes: Partial<RealisedRow> = {}): RealisedRow => ({
  transactionId: 'sale',
  lotTransactionId: 'lot',
  accountId: 'broker',
  symbol: 'XYZ',
  description: 'XYZ Co.',
  quantity: '100',
  acquiredOn: '2024-01-10',
  soldOn: '2025-08-25',
  proceeds: '4800.00',
  basis: '5200.00',
  disallowedLoss: '0.00',
  term: 'long',
  origin: 'purchase',
  kind: 'sale',
  isFund: false,
  isAtBroker: true,
  ...changes,
})

export const account = (changes: Partial<TaxAccount> = {}): TaxAccount => ({
  id: 'broker',
  name: 'Brokerage',
  type: 'investment',
  taxType: 'taxable_brokerage',
  institutionName: 'First Broker',
  currency: 'USD',
  ...changes,
})

let count = 0
export const ledgerRow = (changes: Partial<TaxLedgerRow> = {}): TaxLedgerRow => ({
  transactionId: `t${(count += 1)}`,
  accountId: 'broker',
  type: 'dividend',
  date: '2025-06-16',
  amount: '100.00',
  description: 'Dividend',
  symbol: 'XYZ',
  quantity: null,
  price: null,
  value: null,
  charges: '0.00',
  taxWithheld: '0.00',
  stateTaxWithheld: '0.00',
  isQualified: null,
  taxCategory: 'ordinary_dividend',
  taxYear: null,
  country: null,
  isPending: false,
  isReversed: false,
  otherAccountId: null,
  ...changes,
})
