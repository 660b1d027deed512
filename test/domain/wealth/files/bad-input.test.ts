import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { writeCsv, writeJson, writeOfx } from '../../../../domain/wealth/index.ts'
import { accountsOf, anyRow, bankRow } from './arbitraries.ts'
import { bank, brokerage, outcome, sgml, transaction } from './support.ts'

const trade =
  '<BUYSTOCK><INVBUY><INVTRAN><FITID>1<DTTRADE>20240105</INVTRAN><SECID><UNIQUEID>037833100<UNIQUEIDTYPE>CUSIP</SECID><UNITS>1<UNITPRICE>5<TOTAL>-5</INVBUY><BUYTYPE>BUY</BUYSTOCK>'
const plaid = JSON.stringify({
  accounts: [
    { account_id: 'a', name: 'Main', type: 'depository', subtype: 'checking', balances: { current: 5.5, iso_currency_code: 'USD' } },
  ],
  added: [{ account_id: 'a', transaction_id: 't', amount: 1.25, date: '2024-01-02', name: 'Shop', iso_currency_code: 'USD' }],
})
const files: readonly (readonly [string, string])[] = [
  ['OFX of a bank', sgml(bank(transaction('<NAME>Café &amp; Co<MEMO>x'), transaction('').replace('A1', 'A2')))],
  ['OFX of a broker', sgml(brokerage(trade))],
  [
    'QIF',
    '!Type:Bank\nD12/31/2024\nT-10.00\nPÄ shop\nSFood\n$-4.00\nSRent\n$-6.00\n^\n!Type:Invst\nD12/31/2024\nNBuy\nYApple\nI1\nQ2\nT2\n^\n',
  ],
  ['CSV', 'Date;Name;Amount;Notes\n2024-01-02;"Shop; ""x""";-5,00;"two\nlines"\n2024-01-03;Ärger;1.000,00;\n'],
  ['answer of Plaid', plaid],
  ['export as JSON', writeJson(fc.sample(accountsOf(anyRow), { seed: 1, numRuns: 1 })[0]!)],
  ['export as CSV', writeCsv(fc.sample(accountsOf(anyRow), { seed: 2, numRuns: 1 })[0]!)],
  ['export as OFX', writeOfx(fc.sample(accountsOf(bankRow), { seed: 3, numRuns: 1 })[0]!, { asOf: '2024-06-30', currency: 'USD' }).text],
]

/** Whether every row of a result can be stored: its date and amount have their form. */
const isStorable = (result: ReturnType<typeof outcome>): boolean =>
  typeof result === 'string' ||
  result.accounts.every(({ transactions }) =>
    transactions.every(({ amount, date }) => /^-?\d{1,13}\.\d\d$/.test(amount) && amount !== '-0.00' && /^\d{4}-\d\d-\d\d$/.test(date)),
  )

describe('a file that is', () => {
  test.each(files)('cut anywhere is a result or a DomainError: %s', (_, text) => {
    const bytes = Buffer.from(text)
    fc.assert(
      fc.property(fc.integer({ min: 0, max: bytes.length }), end => {
        expect(isStorable(outcome(bytes.subarray(0, end)))).toBe(true)
      }),
      { numRuns: 200 },
    )
  })

  test.each(files)('changed in a few bytes is a result or a DomainError: %s', (_, text) => {
    const change = fc.tuple(fc.nat(text.length - 1), fc.nat(255))
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 5 }), changes => {
        const bytes = Buffer.from(text)
        for (const [place, byte] of changes) bytes[place] = byte
        expect(isStorable(outcome(bytes))).toBe(true)
      }),
      { numRuns: 200 },
    )
  })

  test('nothing but bytes is a result or a DomainError', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.uint8Array({ maxLength: 300 }),
          fc.string({ unit: 'binary' }).map(text => Buffer.from(text)),
        ),
        bytes => {
          expect(isStorable(outcome(bytes))).toBe(true)
        },
      ),
      { numRuns: 500 },
    )
  })

  test.each(['ofx', 'qif', 'json', 'csv'] as const)('read as another format is a result or a DomainError: %s', format => {
    for (const [, text] of files) expect(isStorable(outcome(text, { format }))).toBe(true)
  })

  test('in another encoding is a result or a DomainError', () => {
    for (const [, text] of files)
      for (const bytes of [Buffer.from(text, 'latin1'), Buffer.from(text, 'utf16le'), Buffer.from(`\uFEFF${text}`, 'utf16le').swap16()])
        expect(isStorable(outcome(bytes))).toBe(true)
  })

  test('deep or wide is answered in bounded time', () => {
    const texts = [
      '['.repeat(200_000),
      `{"accounts":${'['.repeat(100)}${']'.repeat(100)}}`,
      `<OFX>${'<A>'.repeat(300_000)}`,
      `<OFX>${'<'.repeat(300_000)}`,
      `<OFX>${'<A'.repeat(300_000)}`,
      sgml(bank(`<STMTTRN><NAME>${'&amp;'.repeat(100_000)}</STMTTRN>`)),
      `!Type:Bank\n${'^\n'.repeat(200_000)}`,
      `Date,Name,Amount\n${'"'.repeat(100_001)}`,
      `${','.repeat(100_000)}\n`,
    ]
    for (const text of texts) expect(isStorable(outcome(text))).toBe(true)
  })
})
