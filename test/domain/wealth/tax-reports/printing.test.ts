import { expect, test } from 'vitest'
import { tableCsv, writePdf } from '../../../../domain/documents/index.ts'
import {
  categoryDocument,
  categoryReport,
  categoryTable,
  form8949,
  form8949Document,
  form8949Table,
  incomeDocument,
  incomeReport,
  incomeTable,
  printedAmount,
  retirementDocument,
  retirementReport,
  retirementTable,
  scheduleD,
  sumLines,
} from '../../../../domain/wealth/index.ts'
import { pagesOf } from '../../documents/pdf-text.ts'
import { account, ledgerRow, realised } from './rows.ts'

const accounts = [account(), account({ id: 'ira', name: 'IRA', type: 'retirement', taxType: 'traditional_ira' })]
const names = { household: 'Home', accountName: (id: string) => accounts.find(each => each.id === id)!.name }
const rows = [
  ledgerRow({ transactionId: 'd', isQualified: true, description: '=HYPERLINK("x")' }),
  ledgerRow({
    transactionId: 'c',
    accountId: 'ira',
    type: 'contribution',
    amount: '1234567.00',
    taxCategory: 'contribution',
    symbol: null,
    description: 'Deposit',
  }),
]
const textOf = async (document: Parameters<typeof writePdf>[0]) => pagesOf(await writePdf(document)).flat()

test.each([
  ['0.00', '0.00'],
  ['999.10', '999.10'],
  ['1234567.00', '1,234,567.00'],
  ['-1000.00', '(1,000.00)'],
])('%s is printed as %s', (amount, text) => {
  expect(printedAmount(amount)).toBe(text)
})

test('the report by category has its sums and the transactions of each', async () => {
  const report = categoryReport(accounts, rows, 2025)
  const lines = await textOf(categoryDocument(report, names))
  expect(lines).toEqual(
    expect.arrayContaining(['Ordinary dividends (USD)', '100.00', '1,234,567.00', '=HYPERLINK("x")', 'Home, tax year 2025']),
  )
  expect(tableCsv(categoryTable(report, names))).toBe(
    'category,taxed_each_year,date,account,symbol,description,currency,amount,transaction_id\r\n' +
      'contribution,no,2025-06-16,IRA,,Deposit,USD,1234567.00,c\r\n' +
      'ordinary_dividend,yes,2025-06-16,Brokerage,XYZ,"\'=HYPERLINK(""x"")",USD,100.00,d\r\n',
  )
})

test('dividends and interest have the boxes of each account and the explanation of each dividend', async () => {
  const report = incomeReport({ year: 2025, asOf: '2026-01-01', accounts, rows, exDateOf: () => undefined, holdingsOf: () => null })
  const lines = await textOf(incomeDocument(report, names))
  expect(lines).toEqual(expect.arrayContaining(['All accounts, in USD', '1099-DIV', '1b', 'Qualified dividends']))
  expect(lines.join(' ')).toContain('the ledger does not say how')
  expect(tableCsv(incomeTable(report, names)).split('\r\n')).toEqual([
    'account,form,box,figure,currency,amount,transaction_ids',
    'Brokerage,1099-DIV,1a,Total ordinary dividends,USD,100.00,d',
    'Brokerage,1099-DIV,1b,Qualified dividends,USD,100.00,d',
    '',
  ])
})

test('retirement accounts have the boxes of their forms', async () => {
  const report = retirementReport(accounts, rows, 2025)
  expect(await textOf(retirementDocument(report, names))).toEqual(
    expect.arrayContaining(['IRA', '5498', 'IRA contributions', '1,234,567.00']),
  )
  expect(tableCsv(retirementTable(report, names)).split('\r\n')[1]).toBe('IRA,5498,1,IRA contributions,USD,1234567.00,c')
})

test('Form 8949 has the lines of each box with totals, what is incomplete, and Schedule D', async () => {
  const form = form8949([realised({ disallowedLoss: '150.00' }), realised({ transactionId: 'b', basis: null })])
  const schedule = scheduleD(sumLines(form.lines), { filingStatus: 'single' })
  const lines = await textOf(form8949Document(form, 2025, names, schedule))
  expect(lines).toEqual(
    expect.arrayContaining([
      'Box D: Long-term, basis reported on Form 1099-B',
      '01/10/2024',
      'W',
      '150.00',
      '(250.00)',
      'Incomplete: in no total',
      'Schedule D',
    ]),
  )
  expect(tableCsv(form8949Table(form, names)).split('\r\n').slice(1, 3)).toEqual([
    'D,100 sh. XYZ Co. (XYZ),2024-01-10,2025-08-25,4800.00,5200.00,W,150.00,-250.00,Brokerage,sale,lot,',
    'D,100 sh. XYZ Co. (XYZ),2024-01-10,2025-08-25,4800.00,,,,,Brokerage,b,lot,The basis is not known.',
  ])
})

test('a year without anything says so', async () => {
  const nothing = { year: 2025, accounts: [], totals: [], dividends: [], categories: [], transactions: [] }
  expect(await textOf(categoryDocument(nothing, names))).toContain('The ledger has nothing for this year.')
  expect(await textOf(incomeDocument(nothing, names))).toContain('The ledger has no dividends and no interest for this year.')
  expect(await textOf(retirementDocument(nothing, names))).toContain('The ledger has no contributions and no distributions for this year.')
  expect(await textOf(form8949Document(form8949([]), 2025, names))).toContain('Nothing was sold in this year.')
})
