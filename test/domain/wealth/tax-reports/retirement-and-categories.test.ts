import { describe, expect, test } from 'vitest'
import { categoryReport, retirementReport, type TaxAccount, type TaxLedgerRow } from '../../../../domain/wealth/index.ts'
import { account, ledgerRow } from './rows.ts'

const retirement = (id: string, taxType: NonNullable<TaxAccount['taxType']>) =>
  account({ id, name: id, type: taxType === 'hsa' || taxType === '529' ? 'investment' : 'retirement', taxType })
const accounts = [
  account(),
  account({ id: 'checking', type: 'checking', taxType: null }),
  retirement('ira', 'traditional_ira'),
  retirement('roth', 'roth_ira'),
  retirement('sep', 'sep_ira'),
  retirement('plan', '401k'),
  retirement('hsa', 'hsa'),
  retirement('college', '529'),
]

const contribution = (accountId: string, amount: string, more: Partial<TaxLedgerRow> = {}) =>
  ledgerRow({ accountId, type: 'contribution', amount, taxCategory: 'contribution', symbol: null, ...more })
const withdrawal = (accountId: string, amount: string, more: Partial<TaxLedgerRow> = {}) =>
  ledgerRow({ accountId, type: 'withdrawal', amount, taxCategory: 'distribution', symbol: null, ...more })

const boxesOf = (rows: readonly TaxLedgerRow[], year = 2025) =>
  retirementReport(accounts, rows, year).accounts.flatMap(({ accountId, contributions, distributions }) =>
    [...contributions, ...distributions].map(({ amount, box, form }) => `${accountId} ${form} ${box} ${amount}`.replace('  ', ' ')),
  )

describe('retirement accounts', () => {
  test('contributions are in the boxes of Form 5498 by the kind of account', () => {
    const rows = [
      contribution('ira', '100.00'),
      contribution('roth', '200.00'),
      contribution('sep', '300.00'),
      contribution('plan', '400.00'),
      contribution('college', '500.00'),
    ]
    expect(boxesOf(rows)).toEqual([
      'ira 5498 1 100.00',
      'roth 5498 10 200.00',
      'sep 5498 8 300.00',
      'plan plan 400.00',
      'college none 500.00',
    ])
  })

  test('a contribution counts for the tax year that it names', () => {
    const rows = [
      contribution('ira', '100.00', { date: '2026-03-01', taxYear: 2025 }),
      contribution('ira', '70.00', { date: '2025-03-01', taxYear: 2024 }),
    ]
    expect(boxesOf(rows)).toEqual(['ira 5498 1 100.00'])
  })

  test('Form 5498-SA has contributions made in the year in box 2, and those made in the next year for it in box 3', () => {
    const rows = [
      contribution('hsa', '10.00', { date: '2025-02-01', taxYear: 2024 }),
      contribution('hsa', '20.00', { date: '2025-06-01', taxYear: 2025 }),
      contribution('hsa', '40.00', { date: '2026-02-01', taxYear: 2025 }),
    ]
    expect(boxesOf(rows)).toEqual(['hsa 5498-SA 2 30.00', 'hsa 5498-SA 3 40.00'])
  })

  test('what comes from another such account is a rollover, and into a Roth IRA a conversion', () => {
    const rows = [
      contribution('ira', '100.00', { otherAccountId: 'plan' }),
      contribution('roth', '50.00', { otherAccountId: 'ira' }),
      contribution('ira', '7.00', { otherAccountId: 'checking' }),
    ]
    expect(boxesOf(rows)).toEqual(['ira 5498 1 7.00', 'ira 5498 2 100.00', 'roth 5498 3 50.00'])
  })

  test('distributions are in the boxes of Form 1099-R with the tax that was withheld', () => {
    const rows = [
      withdrawal('ira', '-1000.00', { taxWithheld: '100.00', stateTaxWithheld: '40.00' }),
      withdrawal('hsa', '-60.00'),
      withdrawal('college', '-80.00'),
    ]
    expect(boxesOf(rows)).toEqual([
      'ira 1099-R 1 1000.00',
      'ira 1099-R 4 100.00',
      'ira 1099-R 14 40.00',
      'hsa 1099-SA 1 60.00',
      'college 1099-Q 1 80.00',
    ])
  })

  test('transfers of units are apart, in no box', () => {
    const rows = [
      ledgerRow({
        transactionId: 'in',
        accountId: 'ira',
        type: 'transfer_in',
        amount: '0.00',
        quantity: '3',
        price: '7.00',
        taxCategory: null,
      }),
      ledgerRow({ transactionId: 'out', accountId: 'plan', type: 'transfer_out', amount: '-5.00', taxCategory: null }),
    ]
    expect(boxesOf(rows)).toEqual([])
    expect(retirementReport(accounts, rows, 2025).accounts).toEqual([
      expect.objectContaining({ accountId: 'ira', transfersIn: { amount: '21.00', transactionIds: ['in'] } }),
      expect.objectContaining({ accountId: 'plan', transfersOut: { amount: '5.00', transactionIds: ['out'] } }),
    ])
  })

  test('pending and reversed movements, and those of other accounts, are left out', () => {
    const rows = [
      contribution('ira', '1.00', { isPending: true }),
      contribution('ira', '1.00', { isReversed: true }),
      contribution('broker', '1.00'),
    ]
    expect(retirementReport(accounts, rows, 2025)).toEqual({ year: 2025, accounts: [], transactions: [] })
  })
})

describe('the report by category', () => {
  const figures = (rows: readonly TaxLedgerRow[]) =>
    categoryReport(accounts, rows, 2025).categories.map(
      ({ amount, category, isSheltered }) => `${isSheltered ? 'sheltered ' : ''}${category} ${amount}`,
    )

  test('has each category with its transactions', () => {
    const rows = [
      ledgerRow({ transactionId: 'd1', amount: '85.00', taxWithheld: '15.00' }),
      ledgerRow({ transactionId: 'd2', amount: '5.00' }),
      ledgerRow({ transactionId: 'q', amount: '7.00', taxCategory: 'qualified_dividend', isQualified: true }),
      ledgerRow({ transactionId: 's', type: 'sell', amount: '900.00', charges: '1.00', taxCategory: 'capital_gain' }),
      ledgerRow({
        transactionId: 'i',
        accountId: 'checking',
        type: 'cash',
        amount: '2.00',
        description: 'Interest payment',
        taxCategory: null,
      }),
    ]
    const { categories, transactions } = categoryReport(accounts, rows, 2025)
    expect(categories).toEqual([
      { category: 'ordinary_dividend', currency: 'USD', isSheltered: false, amount: '105.00', transactionIds: ['d1', 'd2'] },
      { category: 'qualified_dividend', currency: 'USD', isSheltered: false, amount: '7.00', transactionIds: ['q'] },
      { category: 'interest', currency: 'USD', isSheltered: false, amount: '2.00', transactionIds: ['i'] },
      { category: 'capital_gain', currency: 'USD', isSheltered: false, amount: '900.00', transactionIds: ['s'] },
    ])
    expect(transactions).toHaveLength(5)
  })

  test('leaves out transfers: between retirement accounts, and money put into or taken out of others', () => {
    const rows = [
      contribution('ira', '100.00', { otherAccountId: 'checking' }),
      contribution('ira', '50.00', { otherAccountId: 'plan' }),
      withdrawal('plan', '-50.00', { otherAccountId: 'ira' }),
      contribution('broker', '5000.00'),
      withdrawal('broker', '-60.00'),
      withdrawal('ira', '-20.00'),
    ]
    expect(figures(rows)).toEqual(['sheltered contribution 100.00', 'sheltered distribution 20.00'])
  })

  test('keeps the income of retirement accounts apart', () => {
    expect(figures([ledgerRow({ accountId: 'ira' }), ledgerRow({ amount: '1.00' })])).toEqual([
      'ordinary_dividend 1.00',
      'sheltered ordinary_dividend 100.00',
    ])
  })

  test('counts nothing of pending and reversed transactions, of other years, and of interest that was paid', () => {
    const rows = [
      ledgerRow({ isPending: true }),
      ledgerRow({ isReversed: true }),
      ledgerRow({ date: '2024-12-31' }),
      ledgerRow({ type: 'interest', amount: '-4.00', taxCategory: 'interest' }),
      ledgerRow({ type: 'buy', amount: '-4.00', taxCategory: null }),
    ]
    expect(categoryReport(accounts, rows, 2025)).toEqual({ year: 2025, categories: [], transactions: [] })
  })
})
