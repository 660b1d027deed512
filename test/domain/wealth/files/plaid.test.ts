import { describe, expect, test } from 'vitest'
import { accountTypeOfPlaid, categoryOfPlaid } from '../../../../domain/wealth/index.ts'
import { outcome, read } from './support.ts'

const accounts = [
  {
    account_id: 'a',
    name: 'Main',
    mask: '0001',
    type: 'depository',
    subtype: 'checking',
    balances: { current: 5.5, available: 4, iso_currency_code: 'USD' },
  },
  {
    account_id: 'c',
    name: 'Card',
    type: 'credit',
    subtype: 'credit card',
    balances: { current: 410.25, limit: 2000, iso_currency_code: 'USD' },
  },
]
const row = { account_id: 'a', transaction_id: 't', amount: 1.25, date: '2024-01-02', name: 'Shop', iso_currency_code: 'USD' }
const file = (rest: object) => JSON.stringify({ accounts, ...rest })

describe('an answer of Plaid', () => {
  test('has the sign of amounts and of debts turned', () => {
    const content = read(file({ transactions: [row, { ...row, transaction_id: 'u', amount: -20 }] }))
    expect(content.accounts.map(({ balance, creditLimit }) => [balance, creditLimit])).toEqual([
      ['5.50', undefined],
      ['-410.25', '2000.00'],
    ])
    expect(content.accounts[0]!.transactions.map(({ amount }) => amount)).toEqual(['-1.25', '20.00'])
  })

  test('keeps numbers as they are written', () => {
    const quantity = '0.123456789012345678'
    const text = file({
      investment_transactions: [
        { ...row, amount: 1.1, quantity: 0, price: 2, type: 'buy', subtype: 'buy', investment_transaction_id: 'i' },
      ],
    })
    const [account] = read(text.replace('"quantity":0', `"quantity":${quantity}`)).accounts
    expect(account!.transactions[0]!.quantity).toBe(quantity)
  })

  test('of a sync lists what is modified and removed', () => {
    const content = read(
      file({
        added: [row],
        modified: [{ ...row, transaction_id: 'm', pending: true, pending_transaction_id: 'p' }],
        removed: [{ transaction_id: 'r' }],
      }),
    )
    expect(content).toMatchObject({ modifiedIds: ['m'], removedIds: ['r'] })
    expect(content.accounts[0]!.transactions.map(({ externalId, isPending, pendingId }) => [externalId, isPending, pendingId])).toEqual([
      ['t', undefined, undefined],
      ['m', true, 'p'],
    ])
  })

  test.each([
    ['qualified dividend', 'cash', -5, 0, { type: 'dividend', amount: '5.00', isQualified: true }],
    ['non-qualified dividend', 'cash', -5, 0, { type: 'dividend', isQualified: false }],
    ['sell short', 'sell', -5, -1, { type: 'short', amount: '5.00', quantity: '1' }],
    ['buy to cover', 'buy', 5, 1, { type: 'cover', amount: '-5.00' }],
    ['dividend reinvestment', 'buy', 5, 1, { type: 'buy', amount: '-5.00' }],
    ['contribution', 'buy', 5, 1, { type: 'buy' }],
    ['contribution', 'cash', -5, 0, { type: 'contribution', amount: '5.00' }],
    ['tax withheld', 'cash', 5, 0, { type: 'fee', amount: '-5.00', charges: { taxWithheld: '5.00' } }],
    ['transfer', 'transfer', 5, -2, { type: 'transfer_out', amount: '0.00', value: '5.00', quantity: '2' }],
    ['transfer', 'cash', -5, 0, { type: 'transfer_in', amount: '5.00' }],
  ])('reads %s of type %s', (subtype, type, amount, quantity, expected) => {
    const content = read(
      file({ investment_transactions: [{ ...row, type, subtype, amount, quantity, price: 1, investment_transaction_id: 'i' }] }),
    )
    expect(content.rejected).toEqual([])
    expect(content.accounts[0]!.transactions[0]).toMatchObject(expected)
  })

  test.each([
    [{ transactions: [{ ...row, amount: 1.255 }] }, 'amount'],
    [{ transactions: [{ ...row, amount: null }] }, 'amount'],
    [{ transactions: [{ ...row, date: '2024-02-30' }] }, 'date'],
    [{ transactions: [{ ...row, transaction_id: null }] }, 'transaction_id'],
    [{ transactions: [{ ...row, account_id: 'x' }] }, 'transactions.account_id'],
    [{ transactions: [{ ...row, iso_currency_code: null, unofficial_currency_code: 'DOGE' }] }, 'unofficial_currency_code'],
    [{ investment_transactions: [{ ...row, type: 'transfer', subtype: 'merger' }] }, 'subtype'],
    [{ investment_transactions: [{ ...row, type: 'cancel', subtype: 'buy' }] }, 'subtype'],
  ])('%j has a rejected row', (rest, field) => {
    expect(read(file(rest)).rejected).toMatchObject([{ line: 1, field }])
  })

  test.each([
    ['{"transactions": {}}', 'is JSON of an unknown kind'],
    ['{"accounts": [1]}', 'accounts.0: must be an object'],
    ['{"transactions": []}', 'accounts: the file has no accounts'],
    ['{"accounts": [], "transactions": 5}', 'transactions: must be a list'],
  ])('%s is refused', (text, message) => {
    expect(outcome(text)).toEqual(expect.stringContaining(message))
  })

  test('has categories and types of accounts', () => {
    expect([
      categoryOfPlaid('GENERAL_MERCHANDISE'),
      categoryOfPlaid('GENERAL_SERVICES', 'GENERAL_SERVICES_EDUCATION'),
      categoryOfPlaid('NEW'),
      categoryOfPlaid(undefined),
    ]).toEqual(['shopping', 'education', undefined, undefined])
    expect(accountTypeOfPlaid('investment', 'roth')).toEqual({ type: 'retirement', taxType: 'roth_ira' })
    expect(accountTypeOfPlaid('depository', 'hsa')).toEqual({ type: 'savings', taxType: 'hsa' })
    expect(accountTypeOfPlaid('loan', 'mortgage')).toEqual({ type: 'mortgage', taxType: undefined })
  })
})
