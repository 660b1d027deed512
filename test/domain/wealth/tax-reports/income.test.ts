import { describe, expect, test } from 'vitest'
import { incomeReport, type IncomeReport, type TaxLedgerRow } from '../../../../domain/wealth/index.ts'
import { account, ledgerRow } from './rows.ts'

const accounts = [
  account(),
  account({ id: 'ira', name: 'IRA', type: 'retirement', taxType: 'traditional_ira' }),
  account({ id: 'savings', name: 'Savings', type: 'savings', taxType: null }),
]

const report = (rows: readonly TaxLedgerRow[], more: Partial<Parameters<typeof incomeReport>[0]> = {}): IncomeReport =>
  incomeReport({ year: 2025, asOf: '2026-01-31', accounts, rows, exDateOf: () => undefined, holdingsOf: () => null, ...more })

const boxes = ({ totals }: IncomeReport) => {
  const [total] = totals
  const all = { ...total!.dividends, i1: total!.interest['1'], i4: total!.interest['4'], paid: total!.interestPaid }
  return Object.fromEntries(Object.entries(all).flatMap(([box, { amount }]) => (amount === '0.00' ? [] : [[box, amount]])))
}

describe('the boxes of Form 1099-DIV', () => {
  test('ordinary dividends of box 1a include the qualified ones of box 1b, before withheld tax and fees', () => {
    const rows = [
      ledgerRow({ amount: '70.00', taxWithheld: '24.00', stateTaxWithheld: '5.00', charges: '1.00', isQualified: true }),
      ledgerRow({ amount: '50.00' }),
    ]
    expect(boxes(report(rows))).toEqual({ '1a': '150.00', '1b': '100.00', '4': '24.00' })
  })

  test('tax of another country is in box 7', () => {
    const rows = [
      ledgerRow({ amount: '85.00', taxWithheld: '15.00', country: 'CH' }),
      ledgerRow({ type: 'fee', amount: '-3.00', taxWithheld: '3.00', description: 'Foreign tax paid', taxCategory: null }),
      ledgerRow({ type: 'fee', amount: '-9.00', charges: '9.00', description: 'Advisory fee', taxCategory: null }),
    ]
    expect(boxes(report(rows))).toEqual({ '1a': '100.00', '7': '18.00' })
  })

  test('a distribution of long-term gains is in box 2a, one of short-term gains is an ordinary dividend', () => {
    const rows = [
      ledgerRow({ amount: '40.00', description: 'LONG TERM CAP GAIN DISTRIBUTION', isQualified: true }),
      ledgerRow({ amount: '8.00', description: 'Short-term capital gain distribution' }),
    ]
    expect(boxes(report(rows))).toEqual({ '1a': '8.00', '2a': '40.00' })
  })

  test('a return of capital is in box 3', () => {
    expect(boxes(report([ledgerRow({ type: 'return_of_capital', amount: '12.00', taxCategory: 'return_of_capital' })]))).toEqual({
      '3': '12.00',
    })
  })

  test('each figure names its transactions', () => {
    const rows = [ledgerRow({ transactionId: 'a', isQualified: true }), ledgerRow({ transactionId: 'b' })]
    const { accounts: own } = report(rows)
    expect(own).toHaveLength(1)
    expect(own[0]!.dividends['1a']).toEqual({ amount: '200.00', transactionIds: ['a', 'b'] })
    expect(own[0]!.dividends['1b']).toEqual({ amount: '100.00', transactionIds: ['a'] })
    expect(own[0]!.dividends['3']).toEqual({ amount: '0.00', transactionIds: [] })
  })
})

describe('reinvested dividends', () => {
  test('without money are the dividend themselves, with their worth', () => {
    const rows = [
      ledgerRow({ type: 'reinvestment', amount: '0.00', value: '30.00' }),
      ledgerRow({ type: 'reinvestment', amount: '0.00', quantity: '2', price: '5.25', symbol: 'ABC' }),
    ]
    expect(boxes(report(rows))).toEqual({ '1a': '40.50' })
  })

  test('that a dividend of its own has paid count once', () => {
    const rows = [
      ledgerRow({ amount: '30.00' }),
      ledgerRow({ type: 'reinvestment', amount: '-30.00', date: '2025-06-18' }),
      // The dividend pays one reinvestment only.
      ledgerRow({ type: 'reinvestment', amount: '-30.00', date: '2025-06-19' }),
    ]
    expect(boxes(report(rows))).toEqual({ '1a': '60.00' })
  })

  test('after more than a week are other dividends', () => {
    const rows = [ledgerRow({ amount: '30.00' }), ledgerRow({ type: 'reinvestment', amount: '-30.00', date: '2025-06-24' })]
    expect(boxes(report(rows))).toEqual({ '1a': '60.00' })
  })

  test('of a dividend of the year before count for nothing', () => {
    const rows = [
      ledgerRow({ amount: '30.00', date: '2024-12-31' }),
      ledgerRow({ type: 'reinvestment', amount: '-30.00', date: '2025-01-02' }),
    ]
    expect(report(rows).totals).toEqual([])
  })
})

describe('the boxes of Form 1099-INT', () => {
  test('have the interest of brokers, and that of banks by its text', () => {
    const rows = [
      ledgerRow({ type: 'interest', amount: '9.00', taxWithheld: '1.00', taxCategory: 'interest' }),
      ledgerRow({ accountId: 'savings', type: 'cash', amount: '4.00', description: 'INTEREST PAID', taxCategory: null }),
      ledgerRow({
        accountId: 'savings',
        type: 'cash',
        amount: '400.00',
        description: 'Interest group membership',
        taxCategory: null,
        isPending: true,
      }),
      ledgerRow({ accountId: 'savings', type: 'cash', amount: '-3.00', description: 'Interest charge', taxCategory: null }),
      ledgerRow({ accountId: 'savings', type: 'cash', amount: '3.00', description: 'Interest charge refund', taxCategory: null }),
      ledgerRow({ accountId: 'broker', type: 'cash', amount: '3.00', description: 'Interest', taxCategory: null }),
    ]
    expect(boxes(report(rows))).toEqual({ i1: '14.00', i4: '1.00' })
  })

  test('do not have the interest that was paid', () => {
    expect(boxes(report([ledgerRow({ type: 'interest', amount: '-7.00', taxCategory: 'interest' })]))).toEqual({ paid: '7.00' })
  })
})

test('income in a retirement account, of another year, pending or reversed is left out', () => {
  const rows = [
    ledgerRow({ accountId: 'ira' }),
    ledgerRow({ date: '2024-12-31' }),
    ledgerRow({ date: '2026-01-01' }),
    ledgerRow({ isPending: true }),
    ledgerRow({ isReversed: true }),
  ]
  expect(report(rows)).toEqual({ year: 2025, accounts: [], totals: [], dividends: [], transactions: [] })
})

test('currencies are not added', () => {
  const foreign = account({ id: 'zurich', currency: 'CHF' })
  const { totals } = report([ledgerRow(), ledgerRow({ accountId: 'zurich' })], { accounts: [...accounts, foreign] })
  expect(totals.map(({ currency, dividends }) => [currency, dividends['1a'].amount])).toEqual([
    ['USD', '100.00'],
    ['CHF', '100.00'],
  ])
})

test('the holding period decides how much of a flagged dividend is in box 1b', () => {
  const holdings = [
    { from: '2025-01-01', until: null, quantity: '3' },
    { from: '2025-05-30', until: '2025-06-20', quantity: '1' },
  ]
  const given = report([ledgerRow({ isQualified: true })], { exDateOf: () => '2025-06-02', holdingsOf: () => holdings })
  expect(boxes(given)).toEqual({ '1a': '100.00', '1b': '75.00' })
  expect(given.dividends[0]).toMatchObject({ exDate: '2025-06-02', exDateSource: 'market', reported: '100.00', qualified: '75.00' })
})

test('a row of an account that is not given is an error', () => {
  expect(() => report([ledgerRow({ accountId: 'gone' })])).toThrow('No account has the id gone')
})
