import { describe, expect, test } from 'vitest'
import { readFile } from '../../../../domain/wealth/index.ts'
import { outcome, read, rowsOf } from './support.ts'

const bank = (...records: readonly string[]): string => `!Type:Bank\n${records.map(record => `${record}\n^\n`).join('')}`

describe('dates', () => {
  test.each([
    ['12/31/2024', '2024-12-31', []],
    ["12/31'24", '2024-12-31', []],
    ["12/31' 4", '2004-12-31', []],
    ['12/31/98', '1998-12-31', []],
    ['31/12/2024', '2024-12-31', []],
    ['31.12.2024', '2024-12-31', []],
    ['31.12.24', '2024-12-31', []],
    ['2024-12-31', '2024-12-31', []],
    ['1/ 1/2024', '2024-01-01', []],
    ['01/02/2024', '2024-01-02', ['dateOrder']],
  ])('%s is %s', (written, date, ambiguous) => {
    const content = read(bank(`D${written}\nT-1.00`))
    expect(content.accounts[0]!.transactions[0]!.date).toBe(date)
    expect(content.ambiguous).toEqual(ambiguous)
  })

  test('are decided by the whole file, in all of its accounts', () => {
    const text = `!Account\nNOne\nTBank\n^\n${bank('D01/02/2024\nT-1.00')}!Account\nNTwo\nTCCard\n^\n!Type:CCard\nD25/02/2024\nT-2.00\n^\n`
    const { accounts, ambiguous } = read(text)
    expect(ambiguous).toEqual([])
    expect(accounts.map(({ name, transactions, type }) => [name, type, transactions[0]!.date])).toEqual([
      ['One', 'checking', '2024-02-01'],
      ['Two', 'credit_card', '2024-02-25'],
    ])
  })

  test('are in the order that the caller gives', () => {
    const content = read(bank('D01/02/2024\nT-1.00'), { dateOrder: 'DMY' })
    expect([content.ambiguous, content.accounts[0]!.transactions[0]!.date]).toEqual([[], '2024-02-01'])
  })

  test.each(['02/30/2024', '13/13/2024', '00/01/2024', '', 'soon', '1/1/0001', '12/31/9999'])('%s is rejected', date => {
    const content = read(bank(`D${date}\nT-1.00`, 'D12/31/2024\nT-2.00'))
    expect(content.rejected).toEqual([{ line: 2, field: 'D', message: expect.any(String) }])
    expect(content.accounts[0]!.transactions).toHaveLength(1)
  })
})

describe('amounts', () => {
  test.each([
    ['-1,234.56', '-1234.56'],
    ['-1.234,56', '-1234.56'],
    ['1,234,567.00', '1234567.00'],
    ['-0,5', '-0.50'],
    ['1 234,56', '1234.56'],
  ])('%s is %s', (written, amount) => {
    expect(rowsOf(bank(`D12/31/2024\nT${written}`))[0]!.amount).toBe(amount)
  })

  test('that can be read in two ways are reported', () => {
    expect(read(bank('D12/31/2024\nT1,234')).ambiguous).toEqual(['decimalMark'])
  })

  test.each([
    [',', '1.23', 'D12/31/2024\nT1,230'],
    ['.', '1230.00', 'D12/31/2024\nT1,230'],
    [',', '1230.00', 'D12/31/2024\nT1.230'],
  ] as const)('are read with the decimal mark %s that a person chooses, as %s', (decimalMark, amount, record) => {
    const content = readFile(Buffer.from(bank(record)), { decimalMark })
    expect([content.ambiguous, content.accounts[0]!.transactions[0]!.amount]).toEqual([[], amount])
  })

  test.each(['1.2.3,4.5', 'ten', '1.005', '99999999999999', '=1+1'])('%s is rejected', amount => {
    expect(read(bank(`D12/31/2024\nT${amount}`, 'D12/31/2024\nT0.01')).rejected).toMatchObject([{ line: 2, field: 'T' }])
  })
})

describe('records of a bank', () => {
  test('have payee, memo, number, category, class and another account', () => {
    expect(rowsOf(bank('D12/31/2024\nT-9.00\nCX\nN101\nPShop\nMNote\nLFood:Groceries/Trip', 'D12/31/2024\nT5.00\nL[Savings]'))).toEqual([
      {
        line: 2,
        type: 'cash',
        date: '2024-12-31',
        amount: '-9.00',
        description: 'Shop',
        notes: 'Note',
        checkNumber: '101',
        label: 'Food:Groceries',
        category: 'food_and_drink',
        tags: ['Trip'],
      },
      { line: 10, type: 'cash', date: '2024-12-31', amount: '5.00', description: '', transferAccount: 'Savings', category: 'transfer' },
    ])
  })

  test('are divided by amounts and by percents, and must add up', () => {
    const record = (second: string) => bank(`D12/31/2024\nT-10.00\nL--Split--\nSFood\nEHalf\n$-5.00\nS[Savings]\n${second}`)
    expect(rowsOf(record('%50%'))[0]!.splits).toEqual([
      { amount: '-5.00', label: 'Food', category: 'food_and_drink', notes: 'Half' },
      { amount: '-5.00', label: '[Savings]', category: 'transfer' },
    ])
    expect(read(record('$-4.00')).rejected).toEqual([{ line: 2, field: '$', message: 'the parts add up to -9.00, not to -10.00' }])
    expect(read(record('ENo amount')).rejected).toEqual([{ line: 2, field: '$', message: 'is missing in a part of the transaction' }])
  })

  test('begin with the opening balance, which names the account', () => {
    const [account] = read(bank('D12/31/2024\nT100.00\nPOpening Balance\nL[My account]')).accounts
    expect(account).toMatchObject({ name: 'My account', transactions: [{ amount: '100.00', transferAccount: undefined }] })
  })

  test('keep a text that begins like a formula, since no spreadsheet opens the file', () => {
    expect(rowsOf(bank('D12/31/2024\nT1.00\nP=1+1\nM@SUM(A1)'))).toMatchObject([{ description: '=1+1', notes: '@SUM(A1)' }])
  })

  test.each(['P<b>x</b>', 'La\u0001'])('with %s are rejected by line and field', field => {
    expect(read(bank(`D12/31/2024\nT1.00\nCX\nAOne street and a city\n${field}`)).rejected).toMatchObject([{ line: 2, field: field[0] }])
  })
})

describe('records of an investment account', () => {
  const security = '!Type:Security\nNApple\nSaapl\nTStock\n^\n'
  const rowOf = (record: string) => {
    const { accounts, rejected } = read(`${security}!Type:Invst\nD12/31/2024\n${record}\n^\n`)
    expect(rejected).toEqual([])
    return accounts[0]!.transactions[0]
  }
  const units = 'YApple\nI10.00\nQ3\nO1.00'
  test.each([
    [
      `NBuy\n${units}\nT31.00`,
      { type: 'buy', amount: '-31.00', quantity: '3', price: '10', charges: { commission: '1.00' }, symbol: 'AAPL', securityName: 'Apple' },
    ],
    [`NBuyX\n${units}\nT31.00\nL[Checking]`, { type: 'buy', amount: '-31.00', transferAccount: 'Checking' }],
    [`NSell\n${units}\nT29.00`, { type: 'sell', amount: '29.00' }],
    [`NSellX\n${units}\nT29.00`, { type: 'sell', amount: '29.00' }],
    [`NShtSell\n${units}\nT29.00`, { type: 'short', amount: '29.00' }],
    [`NCvrShrt\n${units}\nT31.00`, { type: 'cover', amount: '-31.00' }],
    [`NBuy\n${units}`, { type: 'buy', amount: '-31.00' }],
    ['NDiv\nYApple\nT5.00', { type: 'dividend', amount: '5.00' }],
    ['NDivX\nYApple\nT5.00', { type: 'dividend', amount: '5.00' }],
    ['NCGLong\nYApple\nT5.00', { type: 'dividend', label: 'Capital gain distribution, long-term' }],
    ['NCGShortX\nYApple\nT5.00', { type: 'dividend', label: 'Capital gain distribution, short-term' }],
    ['NIntInc\nT5.00', { type: 'interest', amount: '5.00' }],
    ['NMargInt\nT5.00', { type: 'interest', amount: '-5.00' }],
    ['NMiscExp\nT5.00', { type: 'fee', amount: '-5.00' }],
    ['NRtrnCap\nYApple\nT5.00', { type: 'return_of_capital', amount: '5.00' }],
    [`NReinvDiv\n${units}\nT30.00`, { type: 'reinvestment', amount: '0.00', value: '30.00', quantity: '3' }],
    [`NReinvLg\n${units}\nT30.00`, { type: 'reinvestment', label: 'Capital gain distribution, long-term' }],
    ['NShrsIn\nYApple\nQ3', { type: 'transfer_in', amount: '0.00', quantity: '3' }],
    ['NShrsOut\nYApple\nQ3', { type: 'transfer_out', amount: '0.00', quantity: '3' }],
    ['NStkSplit\nYApple\nQ15', { type: 'split', amount: '0.00', splitRatio: { numerator: 3, denominator: 2 } }],
    ['NXIn\nT5.00\nL[Checking]', { type: 'transfer_in', amount: '5.00', category: 'transfer' }],
    ['NXOut\nT5.00', { type: 'transfer_out', amount: '-5.00' }],
    ['NContribX\nT5.00', { type: 'contribution', amount: '5.00' }],
    ['NWithdrwX\nT5.00', { type: 'withdrawal', amount: '-5.00' }],
    ['NCash\nT-5.00', { type: 'cash', amount: '-5.00' }],
  ])('%s', (record, expected) => {
    expect(rowOf(record)).toMatchObject(expected)
  })

  test.each([
    ['NVest\nT1.00', 'N'],
    ['T1.00', 'N'],
    ['NBuy\nYApple\nT1.00', 'Q'],
    ['NBuy\nYApple\nQ0\nT1.00', 'Q'],
    ['NBuy\nQ1\nT1.00', 'Y'],
    ['NDiv\nYApple', 'T'],
    ['NStkSplit\nYApple\nQ0', 'Q'],
  ])('%s is rejected', (record, field) => {
    expect(read(`!Type:Invst\nD12/31/2024\n${record}\n^\n`).rejected).toMatchObject([{ line: 2, field }])
  })
})

describe('sections', () => {
  test('without transactions are noted, and unknown ones rejected', () => {
    const text = `!Option:AutoSwitch\n!Account\nNOther\nTBank\n^\n!Clear:AutoSwitch\n!Type:Cat\nNFood\n^\n!Type:Prices\n"AAPL",1,"1/1/24"\n^\n!Type:Memorized\nKC\nT-1.00\n^\n!Type:Weird\nD1\n^\n${bank('D12/31/2024\nT1.00')}`
    const { accounts, notes, rejected } = read(text)
    expect(notes).toEqual([
      'Line 7: categories are not read.',
      'Line 10: prices are not read.',
      'Line 13: memorized transactions are not read.',
    ])
    expect(rejected).toEqual([{ line: 17, message: '"!type:weird" is not a known section' }])
    expect(accounts).toMatchObject([{ name: 'Other', transactions: [{ amount: '1.00' }] }])
  })

  test('with lines of any end and without the last caret are read', () => {
    for (const end of ['\n', '\r\n', '\r']) expect(rowsOf('!Type:Bank\nD12/31/2024\nT1.00\nPLast'.replaceAll('\n', end))).toHaveLength(1)
  })

  test('with a record that does not end are refused', () => {
    expect(outcome(`!Type:Bank\n${'T1.00\n'.repeat(2000)}`)).toBe('line 1002: has a record of more than 1000 lines: "^" is missing')
  })
})
