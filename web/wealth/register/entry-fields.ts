import type { Transaction } from './transaction.ts'

export type EntryType = Transaction['type']
export type EntryField =
  | 'symbol'
  | 'newSymbol'
  | 'quantity'
  | 'price'
  | 'commission'
  | 'regulatoryFees'
  | 'otherFees'
  | 'taxWithheld'
  | 'isQualified'
  | 'taxYear'
  | 'contributionSource'
  | 'contributorId'
  | 'splitNumerator'
  | 'splitDenominator'
  | 'lotOrigin'
  | 'acquiredDate'
  | 'costBasis'
  | 'value'
  | 'basisShare'

const trade = ['symbol', 'quantity', 'price', 'commission', 'regulatoryFees', 'otherFees', 'taxWithheld'] as const
const exchange = ['symbol', 'newSymbol', 'quantity', 'splitNumerator', 'splitDenominator'] as const

/** The fields of the form for each type. */
export const fieldsOf: Readonly<Record<EntryType, readonly EntryField[]>> = {
  cash: [],
  buy: trade,
  sell: trade,
  short: trade,
  cover: trade,
  dividend: ['symbol', 'isQualified', 'taxWithheld'],
  reinvestment: trade,
  interest: ['taxWithheld'],
  fee: [],
  contribution: ['taxYear', 'contributionSource', 'contributorId'],
  withdrawal: ['taxWithheld', 'taxYear'],
  transfer_in: ['symbol', 'quantity', 'lotOrigin', 'acquiredDate', 'costBasis', 'value'],
  transfer_out: ['symbol', 'quantity', 'lotOrigin'],
  split: ['symbol', 'splitNumerator', 'splitDenominator'],
  stock_dividend: ['symbol', 'quantity'],
  merger: [...exchange, 'price'],
  spin_off: [...exchange, 'basisShare'],
  symbol_change: ['symbol', 'newSymbol'],
  return_of_capital: ['symbol'],
}

/** Whether money goes out or comes in. Types that are left out can do both. */
export const directionOf: Partial<Record<EntryType, 'in' | 'out'>> = {
  buy: 'out',
  cover: 'out',
  sell: 'in',
  short: 'in',
  reinvestment: 'out',
  contribution: 'in',
  withdrawal: 'out',
  transfer_in: 'in',
  transfer_out: 'out',
  return_of_capital: 'in',
  split: 'in',
  stock_dividend: 'in',
  merger: 'in',
  spin_off: 'in',
}

/** Types that never move money. */
export const movesNoMoney: ReadonlySet<EntryType> = new Set<EntryType>(['symbol_change'])
