import { describe, expect, test } from 'vitest'
import { detectCsv, Findings, readCsv, streamCsv } from '../../../../domain/wealth/index.ts'
import { outcome, read } from './support.ts'

const readText = (text: string, options?: Parameters<typeof readCsv>[1]) => readCsv(Buffer.from(text), options)
const rows = (text: string, options?: Parameters<typeof readCsv>[1]) =>
  readText(text, options).accounts.flatMap(account => account.transactions)

describe('the columns of a bank', () => {
  test.each([
    ['English', 'Date,Description,Amount,Balance\n2024-01-02,Shop,-5.00,95.00\n', {}],
    [
      'German',
      'Buchungstag;Wertstellung;Empfänger;Verwendungszweck;Betrag;Saldo;Währung\n02.01.2024;02.01.2024;Markt;Shop;-5,00;95,00;EUR\n',
      { currency: 'EUR', merchantName: 'Markt', settlementDate: '2024-01-02' },
    ],
    ['French', 'Date opération;Libellé;Débit;Crédit;Solde\n02/01/2024;Shop;5,00;;95,00\n15/01/2024;Paie;;9,00;\n', {}],
    ['Spanish', 'Fecha;Concepto;Importe;Saldo\n02/01/2024;Shop;-5,00;95,00\n15/01/2024;Shop;-5,00;95,00\n', {}],
    ['Dutch', 'Datum;Omschrijving;Af Bij;Bedrag;Saldo\n20240102;Shop;Af;5,00;95,00\n20240103;Shop;Bij;5,00;95,00\n', {}],
    ['Polish', 'Data operacji;Opis operacji;Kwota;Saldo po operacji;Waluta\n2024-01-02;Shop;-5,00 zł;95,00 zł;PLN\n', { currency: 'PLN' }],
  ])('are found in %s', (_, text, more) => {
    expect(rows(text)[0]).toMatchObject({
      line: 2,
      type: 'cash',
      date: '2024-01-02',
      amount: '-5.00',
      description: 'Shop',
      runningBalance: '95.00',
      ...more,
    })
  })

  test.each([
    [
      'Transaction Date,Post Date,Description,Category,Type,Amount,Memo\n01/15/2024,01/16/2024,SHOP,Shopping,Sale,-25.99,\n',
      { date: '2024-01-16', tradeDate: '2024-01-15', amount: '-25.99', type: 'cash' },
    ],
    [
      'Type,Product,Started Date,Completed Date,Description,Amount,Fee,Currency,State,Balance\nCARD_PAYMENT,Current,2024-01-15 10:00:00,2024-01-16 11:00:00,Shop,-5.00,0.00,EUR,COMPLETED,95.00\n',
      { date: '2024-01-16', amount: '-5.00', currency: 'EUR' },
    ],
    [
      '"Datum","Naam / Omschrijving","Rekening","Tegenrekening","Code","Af Bij","Bedrag (EUR)","Mededelingen"\n"20240115","Winkel","NL20INGB0001234567","","BA","Af","12,34","Brood"\n',
      { amount: '-12.34', merchantName: 'Winkel', description: 'Brood', type: 'cash' },
    ],
    [
      '"Girokonto";"DE12 1203 0000 1234 5678 90"\n""\n"Buchungsdatum";"Zahlungsempfänger*in";"Verwendungszweck";"IBAN";"Betrag (€)"\n"15.01.24";"Laden";"Einkauf";"DE02100100100006820101";"-1.012,34"\n',
      { date: '2024-01-15', amount: '-1012.34' },
    ],
    [
      'Run Date,Action,Symbol,Description,Quantity,Price ($),Commission ($),Fees ($),Amount ($)\n01/15/2024,YOU BOUGHT APPLE INC (AAPL) (Cash),AAPL,APPLE INC,10,180.00,,,-1800.00\n',
      { type: 'buy', price: '180', amount: '-1800.00' },
    ],
  ])('of banks and brokers are found: %s', (text, expected) => {
    const { accounts } = readText(text)
    expect(accounts[0]!.transactions[0]).toMatchObject(expected)
  })

  test('with the account of the other party are not that of the row', () => {
    const text = 'Date,Payee,Account number,Amount\n2024-01-15,Shop,DE89370400440532013000,-5.00\n'
    expect(readText(text).accounts[0]!.mask).toBeUndefined()
    expect(readText(text, { profile: { columns: { accountNumber: 'Account number' } } }).accounts[0]!.mask).toBe('3000')
  })

  test('can be named by the caller, by name or by place', () => {
    const text = 'When,What,How much\n2024-01-02,Shop,-5.00\n'
    expect(rows(text, { profile: { columns: { date: 'When', description: 2, amount: 'How much' } } })).toMatchObject([
      { date: '2024-01-02', amount: '-5.00', description: 'Shop' },
    ])
    expect(() => readText(text, { profile: { columns: { date: 'Whenever' } } })).toThrow('profile.columns.date')
  })
})

describe('a table without known names', () => {
  test.each([
    ['01/02/2024,Shop,-5.00\n25/02/2024,Other shop,6.00\n', '2024-02-01'],
    ['Wann;Was;Wie viel\n25.02.2024;Shop;-5,00\n26.02.2024;Other shop;6,00\n', '2024-02-25'],
  ])('%s is read by its content, and the person confirms it', (text, date) => {
    const { accounts, ambiguous, detection } = readText(text)
    expect(accounts[0]!.transactions[0]).toMatchObject({ date, amount: '-5.00', description: 'Shop' })
    expect(ambiguous).toEqual(['columns.date', 'columns.amount', 'columns.description'])
    expect(readText(text, { profile: detection.profile }).ambiguous).toEqual([])
  })

  test('and with two columns of amounts asks which it is', () => {
    const { ambiguous, rejected } = readText('01/02/2024,Shop,-5.00,95.00\n25/02/2024,Other shop,6.00,101.00\n')
    expect(ambiguous).toEqual(['columns.date', 'columns.description', 'columns.amount'])
    expect(rejected.map(({ field, line, message }) => [line, field, message])).toEqual([
      [1, 'amount', 'is missing'],
      [2, 'amount', 'is missing'],
    ])
  })

  test('and without rows says so', () => {
    expect(readText('Date,Description,Amount\n')).toMatchObject({ accounts: [], rejected: [], notes: ['The table has no rows.'] })
  })
})

describe('the sign', () => {
  const text = 'Date,Description,Amount\n2024-01-02,Shop,5.00\n2024-01-03,Shop,6.00\n'
  test('is to be chosen where nothing shows it', () => {
    expect(readText(text).ambiguous).toEqual(['sign'])
    const inverted = readText(text, { profile: { sign: 'inverted' } })
    expect([inverted.ambiguous, inverted.accounts[0]!.transactions.map(({ amount }) => amount)]).toEqual([[], ['-5.00', '-6.00']])
  })

  test.each([
    ['a column of types', 'Date,Name,Amount,Type\n2024-01-02,a,5.00,Debit\n2024-01-03,b,6.00,Credit\n'],
    ['two columns', 'Date,Name,Debit,Credit\n2024-01-02,a,5.00,\n2024-01-03,b,,6.00\n'],
    ['two columns, one negative', 'Date,Name,Debit,Credit\n2024-01-02,a,-5.00,\n2024-01-03,b,,6.00\n'],
    ['parentheses', 'Date,Name,Amount\n2024-01-02,a,($5.00)\n2024-01-03,b,$6.00\n'],
    ['a sign at the end', 'Date,Name,Amount\n2024-01-02,a,5.00-\n2024-01-03,b,6.00\n'],
  ])('is shown by %s', (_, text) => {
    const { accounts, ambiguous } = readText(text)
    expect([accounts[0]!.transactions.map(({ amount }) => amount), ambiguous]).toEqual([['-5.00', '6.00'], []])
  })

  test('is missing in a row of an unknown type', () => {
    const { rejected } = readText('Date,Name,Amount,Type\n2024-01-02,a,5.00,Debit\n2024-01-03,b,6.00,Other\n', {
      profile: { sign: 'by_type' },
    })
    expect(rejected).toEqual([{ line: 3, field: 'Type', message: 'does not show whether money goes in or out' }])
  })
})

describe('a cell that is not valid rejects its row, by line and column', () => {
  const file = (cells: string) => `Date,Description,Amount,Notes\n2024-01-02,Shop,-5.00,\n${cells}\n2024-01-04,Shop,-7.00,\n`
  test.each([
    ['2024-02-30,Shop,-5.00,', 'Date', 'no day of the calendar'],
    [',Shop,-5.00,', 'Date', 'is missing'],
    ['0001-01-01,Shop,-5.00,', 'Date', 'is not between'],
    ['9999-12-31,Shop,-5.00,', 'Date', 'is not between'],
    ['1066-10-14,Shop,-5.00,', 'Date', 'from 1900 to 2199'],
    ['2024-01-03,Shop,,', 'Amount', 'is missing'],
    ['2024-01-03,Shop,-5.005,', 'Amount', 'more than two decimals'],
    ['2024-01-03,Shop,1000000000000000,', 'Amount', 'too large'],
    ['2024-01-03,Shop,1.2.3.4,', 'Amount', 'is not a number'],
    ['2024-01-03,Shop,5%,', 'Amount', 'is not a plain number'],
    ['2024-01-03,Shop,5k,', 'Amount', 'is not a plain number'],
    ['2024-01-03,Shop,=1+1,', 'Amount', 'is not a number'],
    ['2024-01-03,"=HYPERLINK(""http://x"")",-5.00,', 'Description', 'formula'],
    ['2024-01-03,@SUM(A1),-5.00,', 'Description', 'formula'],
    ['2024-01-03,＝1+1,-5.00,', 'Description', 'formula'],
    ['2024-01-03,-cmd|calc,-5.00,', 'Description', 'formula'],
    ["2024-01-03,+cmd|' /C calc'!A0,-5.00,", 'Description', 'formula'],
    ['2024-01-03,Shop,-5.00,<b>bold</b>', 'Notes', 'HTML'],
    ['2024-01-03,Sh\u0007op,-5.00,', 'Description', 'control character'],
  ])('%s', (cells, field, message) => {
    const { accounts, rejected, rejectedCount } = readText(file(cells))
    expect(rejected).toEqual([{ line: 3, field, message: expect.stringContaining(message) }])
    expect(rejectedCount).toBe(1)
    expect(accounts[0]!.transactions.map(({ line }) => line)).toEqual([2, 4])
  })

  test.each(['@Home', '-5% off', '+49 Taxi Berlin', '->Coffee', '- rent -', '@Home (Berlin)'])('but not for the payee %s', payee => {
    const { accounts, rejected } = readText(file(`2024-01-03,${payee},-5.00,`))
    expect([rejected, accounts[0]!.transactions[1]!.description]).toEqual([[], payee])
  })

  test('with the line on which it begins, below cells of several lines', () => {
    const { accounts, rejected } = readText('Date,Description,Amount,Notes\n2024-01-02,Shop,-5.00,"one\ntwo"\n2024-01-03,Shop,x,\n')
    expect(rejected.map(({ line }) => line)).toEqual([4])
    expect(accounts[0]!.transactions[0]!.notes).toBe('one\ntwo')
  })

  test('and only the first hundred are listed', () => {
    const { rejected, rejectedCount } = readText(`Date,Description,Amount\n2024-01-02,Shop,-1.00\n${'2024-01-02,Shop,x\n'.repeat(150)}`)
    expect([rejected.length, rejectedCount]).toEqual([100, 150])
  })
})

describe('rows', () => {
  test('that are shorter than the header are filled, but the last one may be cut', () => {
    const { accounts, notes, rejected } = readText(
      'Date,Description,Amount,Category\n2024-01-02,Shop,-5.00\n2024-01-03,Shop,-6.00,Food\n2024-01-04,Shop,-7.0',
    )
    expect(accounts[0]!.transactions.map(({ amount }) => amount)).toEqual(['-5.00', '-6.00'])
    expect(rejected).toEqual([{ line: 4, message: 'has 3 cells where the header has 4' }])
    expect(notes).toContain('Some rows have fewer cells than the header. Their last columns were read as empty.')
  })

  test('of totals and of payments that did not happen are skipped with a note', () => {
    const { accounts, notes } = readText(
      'Date,Description,Amount,State\n2024-01-02,Shop,-5.00,COMPLETED\n2024-01-03,Shop,-6.00,DECLINED\n2024-01-04,Shop,-7.00,PENDING\nTotal,,-18.00,\n',
    )
    expect(accounts[0]!.transactions.map(({ amount, isPending }) => [amount, isPending])).toEqual([
      ['-5.00', undefined],
      ['-7.00', true],
    ])
    expect(notes).toEqual(['Line 3 has the status "DECLINED". It was skipped.', 'Line 5 has totals. It was skipped.'])
  })

  test('are divided by account, of which the number is hidden', () => {
    const { accounts } = readText(
      'Account,Date,Name,Amount\nNL11XOLA6707795988,2024-01-02,a,-1.00\nCash,2024-01-02,b,-2.00\nNL11XOLA6707795988,2024-01-02,c,-3.00\n',
    )
    expect(accounts.map(({ mask, name, transactions }) => [name, mask, transactions.length])).toEqual([
      [undefined, '5988', 2],
      ['Cash', undefined, 1],
    ])
    expect(JSON.stringify(accounts)).not.toContain('6707795988')
  })

  test('with one identifier and two amounts are rejected, unless identifiers are not unique', () => {
    const text = 'Date,Name,Amount,Transaction ID\n2024-01-02,a,-1.00,7\n2024-01-02,b,-2.00,7\n'
    expect(readText(text).rejected.map(({ line }) => line)).toEqual([2, 3])
    expect(readText(text, { idsAreUnique: false }).accounts[0]!.transactions).toHaveLength(2)
  })
})

describe('trades', () => {
  const header = 'Date,Action,Symbol,Quantity,Price,Fee,Amount,Currency\n'
  const rowOf = (cells: string, options?: Parameters<typeof readCsv>[1]) => rows(`${header}${cells}\n`, options)[0]
  test.each([
    ['2024-01-02,Buy,aapl,10,100,1,1000.00,USD', '-1001.00'],
    ['2024-01-02,Buy,AAPL,10,100,1,-1001.00,USD', '-1001.00'],
    ['2024-01-02,Buy,AAPL,10,100,1,,USD', '-1001.00'],
    ['2024-01-02,Sell,AAPL,-10,100,1,1000.00,USD', '999.00'],
    ['2024-01-02,Sell,AAPL,10,100,1,999.00,USD', '999.00'],
    ['2024-01-02,Buy,AAPL,0.333333,100,,33.33,USD', '-33.33'],
    ['2024-01-02,Buy,AAPL,10,100,1,1000.5,USD', '-1000.50'],
  ])('%s: the fees count once', (cells, amount) => {
    expect(rowOf(cells)).toMatchObject({ amount, symbol: 'AAPL', currency: 'USD' })
  })

  test.each([
    ['2024-01-02,Dividend,AAPL,10,0.24,,,', { type: 'dividend', amount: '2.40' }],
    ['2024-01-02,Fee,,,,,25,', { type: 'fee', amount: '-25.00' }],
    ['2024-01-02,Withholding Tax,AAPL,,,,3,', { type: 'fee', amount: '-3.00', charges: { taxWithheld: '3.00' } }],
    ['2024-01-02,Deposit,,,,,25,', { type: 'contribution', amount: '25.00' }],
    ['2024-01-02,Withdrawal,,,,,25,', { type: 'withdrawal', amount: '-25.00' }],
    ['2024-01-02,Transfer In,AAPL,10,100,,,', { type: 'transfer_in', amount: '0.00', value: '1000.00', quantity: '10' }],
    ['2024-01-02,Buy,Penthouse Apartment,1,500,,,', { type: 'buy', securityName: 'Penthouse Apartment', amount: '-500.00' }],
  ])('%s', (cells, expected) => {
    expect(rowOf(cells, { profile: { sign: 'by_type' } })).toMatchObject(expected)
  })

  test('of splits need a ratio', () => {
    const text =
      'Date,Action,Symbol,Quantity,Description\n2024-01-02,Split,AAPL,30,4-for-1 split\n2024-01-02,Reverse Split,AAPL,,1:10\n2024-01-02,Split,AAPL,30,\n'
    const { accounts, rejected } = readText(text)
    expect(accounts[0]!.transactions.map(({ splitRatio }) => splitRatio)).toEqual([
      { numerator: 4, denominator: 1 },
      { numerator: 1, denominator: 10 },
    ])
    expect(rejected).toMatchObject([{ line: 4, field: 'Action' }])
  })

  test.each([
    ['2024-01-02,Buy,AAPL,0,100,,100,USD', 'Quantity', 'must be above zero'],
    ['2024-01-02,Buy,,1,100,,100,USD', 'Symbol', 'is missing'],
    ['2024-01-02,Buy,AAPL,1,,,,USD', 'Amount', 'is missing'],
    ['2024-01-02,Bury,AAPL,1,100,,100,USD', 'Action', '"Bury" is not a known type'],
    ['2024-01-02,Merger,AAPL,1,100,,100,USD', 'Action', 'enter this transaction by hand'],
    ['2024-01-02,Buy,AAPL,1,100,,100,Dollar', 'Currency', 'is not a currency code'],
  ])('%s is rejected', (cells, field, message) => {
    expect(readText(`${header}${cells}\n`).rejected).toEqual([{ line: 2, field, message: expect.stringContaining(message) }])
  })
})

describe('a table', () => {
  test('of holdings or accounts is recognised, and can be set', () => {
    expect(readText('Symbol,Quantity,Price\nAAPL,10,100\n$CASH,5.5,\n').accounts[0]!.holdings).toMatchObject([
      { symbol: 'AAPL', quantity: '10', price: '100' },
      { isCash: true, quantity: '5.50' },
    ])
    expect(readText('Type,Name,Balance\nSavings,Home,5.5\nLoan,Car,7\n').accounts).toMatchObject([
      { name: 'Home', type: 'savings', balance: '5.50' },
      { name: 'Car', type: 'loan', balance: '-7.00' },
    ])
    expect(detectCsv(Buffer.from('Date,Symbol,Quantity\n2024-01-02,AAPL,1\n'), { rows: 'transactions' }).profile.rows).toBe('transactions')
  })

  test.each([
    ['', 'is empty'],
    ['PK\u0003\u0004xl/workbook.xml', 'is a ZIP archive or an Excel workbook'],
    ['%PDF-1.7', 'is a PDF document'],
    ['<!DOCTYPE html><html><body>Sign in</body></html>', 'is a web page'],
    ['<html><table></table></html>', 'is a web page'],
    ['<?xml version="1.0"?><Document xmlns="camt.053"/>', 'is XML, but not OFX'],
    ['Date,Name\0,Amount', 'NUL'],
    ['{"hello": 1}', 'is JSON of an unknown kind'],
    ['{"accounts": [', 'is not valid JSON'],
  ])('%s is refused', (text, message) => {
    expect(outcome(text)).toEqual(expect.stringContaining(message))
  })

  test('that comes in pieces gives the same rows as a whole', async () => {
    const text = `Account,Date,Name,Amount\n${Array.from({ length: 500 }, (_, index) => `${index % 2 === 0 ? 'One' : 'Two'},2024-01-${String((index % 28) + 1).padStart(2, '0')},"Shop, ${index}",${index % 7 === 0 ? 'x' : `-${index}.50`}`).join('\n')}\n`
    const bytes = Buffer.from(text)
    const whole = readCsv(bytes)
    const findings = new Findings()
    async function* pieces() {
      for (let at = 0; at < bytes.length; at += 333) yield bytes.subarray(at, at + 333)
    }
    const lines: number[] = []
    for await (const { transaction } of streamCsv(pieces(), detectCsv(bytes).profile, findings)) lines.push(transaction!.line)
    expect(lines).toEqual(whole.accounts.flatMap(({ transactions }) => transactions.map(({ line }) => line)).toSorted((a, b) => a - b))
    expect([findings.rejectedCount, findings.rejected]).toEqual([whole.rejectedCount, whole.rejected])
    expect(findings.rejectedCount).toBe(72)
  })

  test('in windows-1252 with tabs is read', () => {
    expect(
      read(Buffer.from('Datum\tBetrag\tVerwendungszweck\n02.01.2024\t-5,00\tBücher\n', 'latin1')).accounts[0]!.transactions[0]!.description,
    ).toBe('Bücher')
  })
})
