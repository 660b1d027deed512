import { describe, expect, test } from 'vitest'
import { bank, brokerage, outcome, read, rowsOf, sgml, transaction } from './support.ts'

const security = '<SECID><UNIQUEID>037833100<UNIQUEIDTYPE>CUSIP</SECID>'
const trade = (id: string) => `<INVTRAN><FITID>${id}<DTTRADE>20240105<DTSETTLE>20240109<MEMO>Memo ${id}</INVTRAN>${security}`

describe('a bank statement in SGML', () => {
  test('gives the account without its number, its balance and its rows', () => {
    const content = read(sgml(bank(transaction('<CHECKNUM>0012<NAME>Shop &amp; Co<MEMO>at the corner'))))
    expect(content).toMatchObject({ format: 'ofx', rejected: [], rejectedCount: 0, notes: [] })
    const [account] = content.accounts
    expect(account).toMatchObject({
      mask: '3456',
      type: 'checking',
      currency: 'USD',
      balance: '10.50',
      balanceDate: '2024-01-31',
      from: '2024-01-01',
      to: '2024-01-31',
    })
    expect(account!.transactions).toEqual([
      {
        line: 9,
        type: 'cash',
        date: '2024-01-02',
        amount: '-5.00',
        currency: 'USD',
        description: 'Shop & Co',
        notes: 'at the corner',
        externalId: 'A1',
        checkNumber: '0012',
      },
    ])
    expect(JSON.stringify(content)).not.toContain('000-123')
  })

  test('has the same hash of the number however it is grouped', () => {
    const [one, two] = ['000-123 456', '000123456'].map(
      number => read(sgml(bank(transaction('')).replace('000-123 456', number))).accounts[0],
    )
    expect(one!.numberHash).toBe(two!.numberHash)
    expect(one!.numberHash).toMatch(/^[0-9a-f]{64}$/)
  })

  test.each([
    ['20240102', '2024-01-02'],
    ['20240102235959.999[-5:EST]', '2024-01-02'],
    ['20240102000000.000[+9:JST]', '2024-01-02'],
    ['20240102120000[0:GMT]', '2024-01-02'],
    ['20240102093914:014', '2024-01-02'],
    ['2024-01-02', '2024-01-02'],
  ])('takes the date that is written in %s', (written, date) => {
    expect(rowsOf(sgml(bank(transaction('').replace('20240102', written))))[0]!.date).toBe(date)
  })

  test.each([
    ['-5.00', '-5.00'],
    ['+5', '5.00'],
    ['-5,5', '-5.50'],
    ['1,234.5', '1234.50'],
    ['-1.234,50', '-1234.50'],
    ['-00000000001500.0000', '-1500.00'],
    ['.5', '0.50'],
    ['9999999999999.99', '9999999999999.99'],
  ])('reads the amount %s', (written, amount) => {
    expect(rowsOf(sgml(bank(transaction('').replace('-5.00', written))))[0]!.amount).toBe(amount)
  })

  test.each([
    ['-5.00', '1,234', 'TRNAMT', 'more than two decimals'],
    ['-5.00', '115.8331', 'TRNAMT', 'more than two decimals'],
    ['-5.00', '10000000000000', 'TRNAMT', 'too large'],
    ['-5.00', '1.2.3.4', 'TRNAMT', 'is not an amount'],
    ['-5.00', '=1+1', 'TRNAMT', 'is not an amount'],
    ['<TRNAMT>-5.00', '', 'TRNAMT', 'is missing'],
    ['20240102', '20240231', 'DTPOSTED', 'is not a date'],
    ['20240102', '00010101', 'DTPOSTED', 'from 1900 to 2199'],
    ['20240102', '99991231', 'DTPOSTED', 'from 1900 to 2199'],
    ['20240102', '', 'DTPOSTED', 'is missing'],
  ])('rejects %s as %s by line and field', (from, to, field, message) => {
    const content = read(sgml(bank(transaction('').replace(from, to), transaction('').replace('A1', 'A2'))))
    expect(content.rejected).toEqual([{ line: 9, field, message: expect.stringContaining(message) }])
    expect(content.rejectedCount).toBe(1)
    expect(content.accounts[0]!.transactions).toHaveLength(1)
  })

  test.each(['=HYPERLINK("http://x")', '@SUM(A1)', "+cmd|' /C calc'!A0", '＝1+1'])(
    'keeps the name %s, since no spreadsheet opens the file',
    name => {
      const content = read(sgml(bank(transaction(`<NAME>${name}`)), 'OFXHEADER:100\nENCODING:UTF-8\n\n\n\n\n\n'))
      expect([content.rejected, content.accounts[0]!.transactions[0]!.description]).toEqual([[], name])
    },
  )

  test.each([
    ['&lt;script&gt;alert(1)&lt;/script&gt;', 'HTML'],
    ['&lt;img src=x onerror=alert(1)', 'HTML'],
    ['a\u0007b', 'control character'],
    ['a\u202Eb', 'control character'],
    ['x'.repeat(501), 'at most 500'],
  ])('rejects the name %s', (name, message) => {
    const content = read(sgml(bank(transaction(`<NAME>${name}`)), 'OFXHEADER:100\nENCODING:UTF-8\n\n\n\n\n'))
    expect(content.rejected).toEqual([{ line: 9, field: 'NAME', message: expect.stringContaining(message) }])
  })

  test.each(['+49 170 1234567', '-', '-20', 'A < B and C > D', 'I <3 it', 'John <john@example.com>', 'AT&T', '50% off', "'quoted'"])(
    'keeps the name %s',
    name => {
      expect(rowsOf(sgml(bank(transaction(`<NAME>${name.replaceAll('<', '&lt;')}`))))[0]!.description).toBe(name)
    },
  )

  test('finds elements that are empty or not closed, in any mixture', () => {
    const rows = rowsOf(
      sgml(
        bank(
          '<STMTTRN><TRNTYPE>DEBIT</TRNTYPE><DTPOSTED>20240102<CHECKNUM><REFNUM></REFNUM><TRNAMT>-5.00</TRNAMT><FITID><NAME>Shop<MEMO></STMTTRN>',
        ),
      ),
    )
    expect(rows).toEqual([{ line: 9, type: 'cash', date: '2024-01-02', amount: '-5.00', currency: 'USD', description: 'Shop' }])
  })

  test('has the currency of CURRENCY, and not that of ORIGCURRENCY', () => {
    const amounts = ['<CURRENCY><CURRATE>1.1<CURSYM>EUR</CURRENCY>', '<ORIGCURRENCY><CURRATE>1.1<CURSYM>EUR</ORIGCURRENCY>']
    expect(amounts.map(fields => rowsOf(sgml(bank(transaction(fields))))[0]!.currency)).toEqual(['EUR', 'USD'])
  })

  test('lists pending transactions as pending', () => {
    const list =
      '<BANKTRANLISTP><DTASOF>20240131<STMTTRNP><TRNTYPE>DEBIT<DTTRAN>20240130<TRNAMT>-7<NAME>Later</STMTTRNP></BANKTRANLISTP><LEDGERBAL>'
    const rows = rowsOf(sgml(bank(transaction('')).replace('<LEDGERBAL>', list)))
    expect(rows.map(row => row.isPending)).toEqual([undefined, true])
  })
})

describe('identifiers in one statement', () => {
  const same = (...amounts: string[]) => sgml(bank(...amounts.map(amount => transaction('').replace('-5.00', amount))))
  test('that are equal with another amount reject both rows, naming both lines', () => {
    const content = read(same('-5.00', '-6.00'))
    expect(content.accounts[0]!.transactions).toEqual([])
    expect(content.rejected.map(({ line, message }) => [line, message.match(/line (\d+)/)?.[1]])).toEqual([
      [9, '10'],
      [10, '9'],
    ])
    expect(content.rejectedCount).toBe(2)
    expect(rowsOf(same('-5.00', '-6.00'), { idsAreUnique: false })).toHaveLength(2)
  })

  test('that agree in date and amount keep both rows, with a note', () => {
    const content = read(same('-5.00', '-5.00'))
    expect(content.accounts[0]!.transactions).toHaveLength(2)
    expect(content.notes).toEqual(['Lines 9 and 10 have the same identifier, date and amount. Both are kept.'])
  })
})

describe('an investment statement', () => {
  const rowOf = (aggregate: string) => {
    const { accounts, rejected } = read(sgml(brokerage(aggregate)))
    expect(rejected).toEqual([])
    return accounts[0]!.transactions[0]
  }
  const detail = '<UNITS>10<UNITPRICE>100.5<COMMISSION>1<FEES>0.5'
  const apple = { symbol: 'AAPL', securityName: 'Apple Inc', securityId: '037833100' }

  test.each([
    [`<BUYSTOCK><INVBUY>${trade('1')}${detail}<TOTAL>-1006.50<SUBACCTSEC>CASH</INVBUY><BUYTYPE>BUY</BUYSTOCK>`, 'buy', '-1006.50'],
    [`<BUYSTOCK><INVBUY>${trade('1')}${detail}<TOTAL>-1006.50</INVBUY><BUYTYPE>BUYTOCOVER</BUYSTOCK>`, 'cover', '-1006.50'],
    [`<SELLMF><INVSELL>${trade('1')}${detail.replace('10<', '-10<')}<TOTAL>1003.50</INVSELL><SELLTYPE>SELL</SELLMF>`, 'sell', '1003.50'],
    [`<SELLSTOCK><INVSELL>${trade('1')}${detail}<TOTAL>1003.50</INVSELL><SELLTYPE>SELLSHORT</SELLSTOCK>`, 'short', '1003.50'],
    [`<SELLOPT><INVSELL>${trade('1')}${detail}<TOTAL>1003.50</INVSELL><OPTSELLTYPE>SELLTOCLOSE</SELLOPT>`, 'sell', '1003.50'],
    [`<REINVEST>${trade('1')}<INCOMETYPE>DIV<TOTAL>-1005${detail}</REINVEST>`, 'reinvestment', '0.00'],
    [`<TRANSFER>${trade('1')}${detail}<TFERACTION>OUT<POSTYPE>LONG</TRANSFER>`, 'transfer_out', '0.00'],
  ])('reads units, price and charges of %s', (aggregate, type, amount) => {
    expect(rowOf(aggregate)).toMatchObject({
      type,
      amount,
      date: '2024-01-05',
      settlementDate: '2024-01-09',
      quantity: '10',
      price: '100.5',
      charges: { commission: '1.00', fees: '0.50' },
      ...apple,
    })
  })

  test('keeps what a reinvestment spends', () => {
    expect(rowOf(`<REINVEST>${trade('1')}<INCOMETYPE>DIV<TOTAL>-1005${detail}</REINVEST>`)).toMatchObject({ value: '1005.00' })
  })

  test.each([
    [
      `<INCOME>${trade('1')}<INCOMETYPE>DIV<TOTAL>8.5<WITHHOLDING>1.5</INCOME>`,
      { type: 'dividend', amount: '8.50', charges: { taxWithheld: '1.50' } },
    ],
    [`<INCOME>${trade('1')}<INCOMETYPE>CGLONG<TOTAL>8.5</INCOME>`, { type: 'dividend', label: 'Capital gain distribution, long-term' }],
    [`<INCOME>${trade('1')}<INCOMETYPE>CGSHORT<TOTAL>8.5</INCOME>`, { type: 'dividend', label: 'Capital gain distribution, short-term' }],
    [`<INCOME>${trade('1')}<INCOMETYPE>INTEREST<TOTAL>8.5</INCOME>`, { type: 'interest', amount: '8.50' }],
    [`<MARGININTEREST>${trade('1')}<TOTAL>-3</MARGININTEREST>`, { type: 'interest', amount: '-3.00' }],
    [`<INVEXPENSE>${trade('1')}<TOTAL>-3</INVEXPENSE>`, { type: 'fee', amount: '-3.00' }],
    [`<RETOFCAP>${trade('1')}<TOTAL>4</RETOFCAP>`, { type: 'return_of_capital', amount: '4.00' }],
    [
      `<SPLIT>${trade('1')}<OLDUNITS>10<NEWUNITS>15<NUMERATOR>1.5<DENOMINATOR>1</SPLIT>`,
      { type: 'split', amount: '0.00', splitRatio: { numerator: 3, denominator: 2 } },
    ],
    [
      `<TRANSFER>${trade('1')}<UNITS>3<TFERACTION>IN<DTPURCHASE>20200229</TRANSFER>`,
      { type: 'transfer_in', amount: '0.00', quantity: '3', acquiredDate: '2020-02-29' },
    ],
    [
      '<INVBANKTRAN><STMTTRN><TRNTYPE>XFER<DTPOSTED>20240105<TRNAMT>50<FITID>1</STMTTRN><SUBACCTFUND>CASH</INVBANKTRAN>',
      { type: 'transfer_in', amount: '50.00', category: 'transfer' },
    ],
    [
      '<INVBANKTRAN><STMTTRN><TRNTYPE>SRVCHG<DTPOSTED>20240105<TRNAMT>-5<FITID>1</STMTTRN><SUBACCTFUND>CASH</INVBANKTRAN>',
      { type: 'fee', amount: '-5.00' },
    ],
    [
      '<INVBANKTRAN><STMTTRN><TRNTYPE>CHECK<DTPOSTED>20240105<TRNAMT>-5<FITID>1</STMTTRN><SUBACCTFUND>CASH</INVBANKTRAN>',
      { type: 'cash', amount: '-5.00' },
    ],
  ])('reads %s', (aggregate, expected) => {
    expect(rowOf(aggregate)).toMatchObject(expected)
  })

  test('reads a total of a purchase without its sign as money out, with a note', () => {
    const content = read(sgml(brokerage(`<BUYSTOCK><INVBUY>${trade('1')}${detail}<TOTAL>1006.50</INVBUY><BUYTYPE>BUY</BUYSTOCK>`)))
    expect(content.accounts[0]!.transactions[0]!.amount).toBe('-1006.50')
    expect(content.notes).toEqual(['Line 9: the total of BUYSTOCK has the wrong sign. It was read as money out.'])
  })

  test('rejects what it cannot read, and notes what is no transaction', () => {
    const list = `<CLOSUREOPT>${trade('1')}<OPTACTION>EXPIRE</CLOSUREOPT>\n<JRNLFUND>${trade('2')}<TOTAL>5</JRNLFUND>\n<INCOME>${trade('3')}<INCOMETYPE>GIFT<TOTAL>5</INCOME>\n<BUYSTOCK><INVBUY>${security}<TOTAL>-5</INVBUY></BUYSTOCK>\n<SPLIT>${trade('5')}<NUMERATOR>0<DENOMINATOR>1</SPLIT>`
    const { notes, rejected, rejectedCount } = read(sgml(brokerage(list)))
    expect(rejected.map(({ field, line }) => [line, field])).toEqual([
      [9, 'CLOSUREOPT'],
      [11, 'INCOMETYPE'],
      [12, 'UNITS'],
      [12, 'DTTRADE'],
      [13, 'NUMERATOR'],
    ])
    expect([rejectedCount, notes]).toEqual([4, ['Line 10: JRNLFUND moves something within the account. It is no transaction.']])
  })

  test('reads positions, short ones as negative', () => {
    const position = (kind: string) =>
      `<POSSTOCK><INVPOS>${security}<HELDINACCT>CASH<POSTYPE>${kind}<UNITS>5<UNITPRICE>180.25<MKTVAL>901.25<DTPRICEASOF>20240131</INVPOS></POSSTOCK>`
    const { accounts } = read(
      sgml(
        brokerage('', `<INVPOSLIST>${position('LONG')}${position('SHORT')}</INVPOSLIST><INVBAL><AVAILCASH>7.5<MARGINBALANCE>0</INVBAL>`),
      ),
    )
    expect(accounts[0]).toMatchObject({ type: 'investment', cashBalance: '7.50' })
    expect(accounts[0]!.holdings).toMatchObject([
      { quantity: '5', price: '180.25', marketValue: '901.25', date: '2024-01-31', ...apple },
      { quantity: '-5' },
    ])
  })
})

describe('a file that is damaged or hostile', () => {
  test.each<[string, string]>([
    [
      sgml('').replace('<CODE>0', '<CODE>15500').replace('INFO', 'ERROR<MESSAGE>Wrong password'),
      'line 7: the institution refused to sign in: Wrong password (code 15500)',
    ],
    [sgml(bank(transaction(''))).replace('</OFX>', ''), 'the file ends before </OFX>'],
    ['<?xml version="1.0"?><!DOCTYPE OFX [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><OFX></OFX>', 'line 1: has a declaration'],
    ['<OFX><!ENTITY a "ha"></OFX>', 'line 1: has a declaration'],
    [`<OFX>${'<A>'.repeat(100_000)}`, 'has elements in more than 32 levels'],
    [sgml(bank('<STMTTRN><TRNTYPE>DEBIT<DTPOSTED>20240102', transaction(''))), 'line 9: <STMTTRN> is not closed'],
    ['<OFX><![CDATA[', '<![CDATA[ is not closed'],
    ['OFXHEADER:100\nENCODING:KOI8-R\n<OFX></OFX>', 'is in the encoding KOI8-R'],
  ])('%s', (text, message) => {
    expect(outcome(text)).toEqual(expect.stringContaining(message))
  })

  test('does not write to prototypes', () => {
    const content = read(sgml(bank(transaction('<__proto__><polluted>yes</__proto__><constructor>x'))))
    expect(content.accounts[0]!.transactions).toHaveLength(1)
    expect(Reflect.get({}, 'polluted')).toBeUndefined()
  })

  test('says which statement the institution refused, and reads the others', () => {
    const refused = '<STMTTRNRS><TRNUID>1<STATUS><CODE>2003<SEVERITY>ERROR<MESSAGE>Account closed</STATUS></STMTTRNRS>'
    const content = read(sgml(bank(transaction('')).replace('<STMTTRNRS>', `${refused}<STMTTRNRS>`)))
    expect(content.rejected).toEqual([
      { line: 8, field: 'STATUS', message: 'the institution refused the statement: Account closed (code 2003)' },
    ])
    expect(content.accounts).toHaveLength(1)
  })
})

describe('the encoding', () => {
  const file = (header: string) => sgml(bank(transaction('<NAME>Café €')), `OFXHEADER:100\n${header}\n\n`)
  const encoded = (text: string, encoding: string) => {
    const bytes = new Map(Array.from({ length: 256 }, (_, byte) => [new TextDecoder(encoding).decode(Uint8Array.of(byte)), byte]))
    return Uint8Array.from(text, letter => bytes.get(letter)!)
  }
  test.each<[string, Uint8Array]>([
    ['windows-1252 as declared', encoded(file('CHARSET:1252'), 'windows-1252')],
    ['windows-1250 as declared', encoded(file('CHARSET:1250'), 'windows-1250')],
    ['UTF-8 as declared', Buffer.from(file('ENCODING:UTF-8'))],
    ['UTF-8 below a wrong declaration', Buffer.from(file('ENCODING:USASCII\nCHARSET:1252'))],
    ['UTF-16', Buffer.from(`\uFEFF${file('ENCODING:UNICODE')}`, 'utf16le')],
  ])('is %s', (_, bytes) => {
    expect(rowsOf(bytes)[0]!.description).toBe('Café €')
  })

  test('is noted where the declaration is wrong, and rejected by line where bytes do not fit', () => {
    expect(read(file('CHARSET:1252')).notes).toEqual(['The file says that it is windows-1252, and is utf-8.'])
    expect(outcome(encoded(file('ENCODING:UTF-8'), 'windows-1252'))).toMatch(/^line \d+: has bytes that are not utf-8/)
  })
})

test('an amount of zero is no transaction: it is skipped with a note, and rejected in a trade', () => {
  const zero = read(sgml(bank(transaction('').replace('-5.00', '-0.00'))))
  expect([zero.accounts[0]!.transactions, zero.notes, zero.rejected]).toEqual([[], ['Line 9 has an amount of zero. It was skipped.'], []])
  const gift = read(sgml(brokerage(`<BUYSTOCK><INVBUY>${trade('1')}<UNITS>1<UNITPRICE>0<TOTAL>0</INVBUY><BUYTYPE>BUY</BUYSTOCK>`)))
  expect(gift.rejected).toEqual([{ line: 9, field: 'amount', message: 'must not be zero: units without money are a transfer' }])
})
