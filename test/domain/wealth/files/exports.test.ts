import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type FileAccount, type FileTransaction, writeCsv, writeJson, writeOfx } from '../../../../domain/wealth/index.ts'
import { accountsOf, anyRow, bankRow, withoutLines, withReversals } from './arbitraries.ts'
import { outcome, read } from './support.ts'

const account = (...transactions: Partial<FileTransaction>[]): FileAccount => ({
  key: 'k',
  name: 'Main',
  mask: '1234',
  type: 'checking',
  transactions: transactions.map(row => ({ line: 1, type: 'cash', date: '2024-01-02', amount: '-5.00', description: 'Shop', ...row })),
  holdings: [],
})

describe('an export is read back to the same rows', () => {
  test('as JSON, with accounts and holdings', () => {
    fc.assert(
      fc.property(withReversals(accountsOf(anyRow)), accounts => {
        const content = read(writeJson(accounts))
        expect([content.rejected, content.notes]).toEqual([[], []])
        expect(
          content.accounts.map(({ holdings, transactions, ...rest }) => ({
            ...rest,
            holdings: withoutLines(holdings),
            transactions: withoutLines(transactions),
          })),
        ).toEqual(
          accounts.map(({ holdings, transactions, ...rest }) => ({
            ...rest,
            holdings: withoutLines(holdings),
            transactions: withoutLines(transactions),
          })),
        )
      }),
      { numRuns: 150 },
    )
  })

  test('as CSV', () => {
    fc.assert(
      fc.property(withReversals(accountsOf(anyRow)), accounts => {
        const content = read(writeCsv(accounts))
        expect([content.rejected, content.notes]).toEqual([[], []])
        expect(content.accounts.map(({ key, name, transactions }) => ({ key, name, rows: withoutLines(transactions) }))).toEqual(
          accounts.map(({ key, name, transactions }) => ({ key, name, rows: withoutLines(transactions) })),
        )
      }),
      { numRuns: 150 },
    )
  })

  test('as OFX, with the fields that it holds', () => {
    fc.assert(
      fc.property(accountsOf(bankRow), fc.constantFrom('checking' as const, 'credit_card' as const), (accounts, type) => {
        const { skippedCount, text } = writeOfx(
          accounts.map(each => ({ ...each, type })),
          { asOf: '2024-06-30', currency: 'USD' },
        )
        const content = read(text)
        expect([content.rejected, skippedCount]).toEqual([[], 0])
        const texts = (rows: readonly FileTransaction[]) => rows.map(row => JSON.stringify(row, Object.keys(row).toSorted())).toSorted()
        const given = accounts.flatMap(each =>
          each.transactions.map(row => ({ ...row, line: 0, currency: row.currency ?? each.currency ?? 'USD' })),
        )
        expect(
          texts(content.accounts.flatMap(each => each.transactions.map(row => JSON.parse(JSON.stringify({ ...row, line: 0 }))))),
        ).toEqual(texts(given))
      }),
      { numRuns: 150 },
    )
  })
})

describe('our CSV', () => {
  test.each(['=1+1', '@SUM(A1)', '+cmd', '-2+3', "'=1", "''@x", '\t=1', "'plain"])(
    'makes the text %j harmless, and reads it back',
    description => {
      const text = writeCsv([account({ description })])
      expect(text).not.toMatch(/(?:^|,|")[=@]/m)
      expect(read(text).accounts[0]!.transactions[0]!.description).toBe(description)
    },
  )

  test('keeps negative amounts as numbers', () => {
    expect(writeCsv([account({})])).toContain(',-5.00,')
  })

  test('that was changed by hand is checked by line and column', () => {
    const text = writeCsv([account({ externalId: '1' }, { externalId: '2', notes: 'x' })])
    const changed = (from: string, to: string) => read(text.replace(from, to)).rejected
    expect(changed('-5.00', '-5.005')).toMatchObject([{ line: 2, field: 'amount' }])
    expect(changed('Shop', '=1+1')).toMatchObject([{ line: 2, field: 'description' }])
    expect(changed('2024-01-02', '2024-02-30')).toMatchObject([{ line: 2, field: 'date' }])
    expect(changed(',cash,', ',money,')).toMatchObject([{ line: 2, field: 'type' }])
    expect(outcome(text.replace('merchant_name', 'merchant'))).toBe('line 1: must have columns for merchant_name')
  })
})

describe('our JSON', () => {
  test('that was changed by hand is checked by row and member', () => {
    const text = writeJson([account({}, { externalId: '2' })])
    expect(read(text.replace('-5.00', '-5.005')).rejected).toMatchObject([{ line: 1, field: 'amount' }])
    expect(read(text.replace('"Shop"', '"<b>x</b>"')).rejected).toMatchObject([{ line: 1, field: 'description' }])
    expect(read(text.replace('"description"', '"descriptions"')).rejected.map(({ field }) => field)).toEqual([
      'description',
      'descriptions',
    ])
    expect(outcome(text.replace('"version": 1', '"version": 2'))).toBe('version: is not 1: the file is of a newer release')
    expect(outcome(text.replace('"checking"', '"purse"'))).toMatch(/^accounts\.0\.type: /)
  })
})

describe('a reversal', () => {
  const original = { key: 'a' }
  const reversal = { amount: '5.00', reverses: 'a' }
  const readAs = (name: 'CSV' | 'JSON', ...rows: Partial<FileTransaction>[]) =>
    read((name === 'CSV' ? writeCsv : writeJson)([account(...rows)]))

  test.each(['CSV', 'JSON'] as const)('in %s can come before what it reverses', name => {
    const content = readAs(name, reversal, original)
    expect([content.rejected, content.notes]).toEqual([[], []])
    expect(content.accounts[0]!.transactions).toMatchObject([reversal, original])
  })

  test.each<[string, Partial<FileTransaction>[], { line: number; field: string; message: string }]>([
    [
      'of another amount',
      [original, { ...reversal, amount: '5.01' }],
      { line: 2, field: 'reverses', message: 'names line 1, which does not have' },
    ],
    [
      'of the same sign',
      [original, { ...reversal, amount: '-5.00' }],
      { line: 2, field: 'reverses', message: 'names line 1, which does not have' },
    ],
    [
      'of another type',
      [original, { ...reversal, type: 'fee' }],
      { line: 2, field: 'reverses', message: 'names line 1, which does not have' },
    ],
    [
      'in another currency',
      [
        { ...original, currency: 'USD' },
        { ...reversal, currency: 'EUR' },
      ],
      { line: 2, field: 'reverses', message: 'names line 1, which does not have' },
    ],
    [
      'of an earlier day',
      [original, { ...reversal, date: '2024-01-01' }],
      { line: 2, field: 'reverses', message: 'names line 1, which has a later' },
    ],
    ['of a pending row', [{ ...original, isPending: true }, reversal], { line: 2, field: 'reverses', message: 'names line 1: a pending' }],
    ['that is pending', [original, { ...reversal, isPending: true }], { line: 2, field: 'reverses', message: 'names line 1: a pending' }],
    [
      'a second time',
      [original, reversal, reversal],
      { line: 3, field: 'reverses', message: 'names line 1, which line 2 reverses already' },
    ],
    [
      'of a reversal',
      [original, { ...reversal, key: 'b' }, { reverses: 'b' }],
      { line: 3, field: 'reverses', message: 'names line 2, a reversal: it cannot be reversed' },
    ],
    ['with a key of two rows', [original, original, reversal], { line: 2, field: 'key', message: 'is also the key of line 1' }],
  ])('%s is refused by line', (_, rows, fault) => {
    const content = readAs('JSON', ...rows)
    expect(content.rejected).toMatchObject([{ ...fault, message: expect.stringContaining(fault.message) }])
    expect([content.rejectedCount, content.accounts[0]!.transactions.length]).toEqual([1, rows.length - 1])
    expect(readAs('CSV', ...rows).rejected).toMatchObject([
      { line: fault.line + 1, field: fault.field === 'key' ? 'transaction_key' : 'reverses' },
    ])
  })

  test('of a row that its account does not have in the file is read, with a note', () => {
    const content = read(writeJson([account(original), { ...account(reversal), key: 'other' }]))
    expect([content.rejected, content.notes]).toEqual([
      [],
      ['Line 1 reverses a transaction that is not among those of its account in this file: it has no link to it.'],
    ])
  })
})

describe('our OFX', () => {
  test('leaves out what banks do not exchange, and counts it', () => {
    const { skippedCount, text } = writeOfx([account({}, { type: 'buy', quantity: '1' }, { isPending: true })], {
      asOf: '2024-06-30',
      currency: 'USD',
    })
    expect(skippedCount).toBe(2)
    expect(read(text).accounts[0]!.transactions).toHaveLength(1)
  })

  test('has a statement for each currency, and the balance in the currency of the account', () => {
    const given = { ...account({ currency: 'USD' }, { currency: 'EUR' }), currency: 'USD', balance: '7.00', balanceDate: '2024-06-01' }
    const { accounts } = read(writeOfx([given], { asOf: '2024-06-30', currency: 'USD' }).text)
    expect(accounts.map(({ balance, balanceDate, currency, mask }) => [currency, balance, balanceDate, mask])).toEqual([
      ['USD', '7.00', '2024-06-01', '1234'],
      ['EUR', undefined, undefined, '1234'],
    ])
  })
})
