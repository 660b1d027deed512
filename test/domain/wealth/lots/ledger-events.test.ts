import { describe, expect, test } from 'vitest'
import { Decimal } from '../../../../domain/shared/index.ts'
import { calculateLots, lotEvents, type LotTransaction, methodBy } from '../../../../domain/wealth/index.ts'

const row = (change: Partial<LotTransaction>): LotTransaction => ({
  id: 'one',
  accountId: 'taxable',
  type: 'buy',
  date: '2025-01-06',
  symbol: 'XYZ',
  newSymbol: null,
  currency: 'USD',
  amount: '-1001.50',
  quantity: '10.5',
  price: '95',
  value: null,
  costBasis: null,
  taxWithheld: null,
  acquiredDate: null,
  lotOrigin: null,
  basisShare: null,
  splitNumerator: null,
  splitDenominator: null,
  transferAccountId: null,
  tie: '',
  ...change,
})
const euroInDollars = new Decimal('1.1')
const read = (change: Partial<LotTransaction>) =>
  lotEvents([row(change)], {
    elections: [],
    choices: new Map(),
    exchange: (from, to, date) => (from === 'EUR' && to === 'USD' && date === '2025-01-06' ? euroInDollars : undefined),
  })[0]!

describe('a transaction of the ledger as an event of tax lots', () => {
  test.each<[string, Partial<LotTransaction>, number | null]>([
    ['a purchase costs its amount, with the fees', {}, 100_150],
    [
      'a sale brings its amount, and tax that was withheld is no cost of it',
      { type: 'sell', amount: '950.00', taxWithheld: '47.50' },
      99_750,
    ],
    ['a reinvestment without an amount costs its value', { type: 'reinvestment', amount: '0.00', value: '12.34' }, 1234],
    ['or else its quantity times its price', { type: 'reinvestment', amount: '0.00', quantity: '0.333', price: '10.01' }, 333],
    ['an amount in euros counts at the rate of its day', { currency: 'EUR', amount: '-100.05' }, 11_006],
    ['without a rate it is not known', { currency: 'CHF' }, null],
    ['nothing needs no rate', { currency: 'CHF', type: 'split', amount: '0.00' }, 0],
    ['an amount without decimals', { amount: '-7' }, 700],
  ])('%s', (_, change, cents) => {
    expect(read(change).cents).toBe(cents)
  })

  test('quantities are exact', () => {
    expect(read({ quantity: '0.000000000000000001' }).quantity).toBe(1n)
    expect(read({ quantity: '123456789012345.5' }).quantity).toBe(123_456_789_012_345_500_000_000_000_000_000n)
  })

  test('options have no lots', () => {
    const events = [read({ symbol: 'XYZ   260116C00150000' })]
    const result = calculateLots({ accounts: [{ id: 'taxable', isTaxAdvantaged: false }], events, identicalPairs: [] })
    expect(result).toMatchObject({ lots: [], closings: [], problems: [{ kind: 'option', transactionId: 'one' }] })
  })
})

test('an election holds from its day on, that of a security before that of its account', () => {
  const methodOf = methodBy([
    { accountId: 'taxable', symbol: null, method: 'lifo', effectiveOn: '2024-01-01' },
    { accountId: 'taxable', symbol: null, method: 'hifo', effectiveOn: '2025-01-01' },
    { accountId: 'taxable', symbol: 'FUND', method: 'average', effectiveOn: '2024-06-01' },
  ])
  expect(methodOf('taxable', 'XYZ', '2023-12-31')).toBe('fifo')
  expect(methodOf('taxable', 'XYZ', '2024-12-31')).toBe('lifo')
  expect(methodOf('taxable', 'XYZ', '2025-01-01')).toBe('hifo')
  expect(methodOf('taxable', 'FUND', '2024-05-31')).toBe('lifo')
  expect(methodOf('taxable', 'FUND', '2025-01-01')).toBe('average')
  expect(methodOf('other', 'FUND', '2025-01-01')).toBe('fifo')
})
