import { expect, test } from 'vitest'
import { estateOf } from '../../../domain/wealth/index.ts'

const heir = (name: string, share: string, personId: string | null = null) => ({ personId, name, kind: 'person' as const, share })
const account = (accountId: string, currentBalance: string | null, primary: ReturnType<typeof heir>[], currency = 'USD') => ({
  accountId,
  currency,
  currentBalance,
  primary,
  contingent: [] as ReturnType<typeof heir>[],
})

test('the amounts of an account add up exactly to its balance', () => {
  const thirds = [heir('One', '33.333'), heir('Two', '33.333'), heir('Three', '33.334')]
  const { items } = estateOf([account('a', '100.00', thirds), account('b', '100.00', thirds, 'JPY')])
  expect(items[0]!.primary.map(({ amount }) => amount)).toEqual(['33.33', '33.33', '33.34'])
  expect(items[1]!.primary.map(({ amount }) => amount)).toEqual(['33.00', '33.00', '34.00'])
})

test('an heir has one sum by currency, and is the same person in each account', () => {
  const { heirs, totals } = estateOf([
    account('a', '10.01', [heir('Robin', '50', 'robin'), heir('Sam', '50')]),
    account('b', '5.00', [heir('Robin', '100', 'robin')]),
    account('c', '7.00', [heir('Robin', '100', 'robin')], 'EUR'),
    account('d', null, [heir('Robin', '100', 'robin')]),
    account('e', '3.00', [heir('Robin', '100')]),
  ])
  expect(heirs.map(({ amount, currency, personId }) => [personId, currency, amount])).toEqual([
    ['robin', 'EUR', '7.00'],
    ['robin', 'USD', '10.01'],
    [null, 'USD', '3.00'],
    [null, 'USD', '5.00'],
  ])
  expect(heirs[1]!.accounts).toEqual([
    { accountId: 'a', share: '50', amount: '5.01' },
    { accountId: 'b', share: '100', amount: '5.00' },
    { accountId: 'd', share: '100', amount: null },
  ])
  expect(totals).toEqual([
    { currency: 'USD', designated: '18.01', undesignated: '0.00' },
    { currency: 'EUR', designated: '7.00', undesignated: '0.00' },
  ])
})

test('contingent beneficiaries receive an account without primary ones, and nobody receives a debt', () => {
  const { heirs, items, totals } = estateOf([
    { ...account('a', '10.00', []), contingent: [heir('Sam', '100')] },
    { ...account('b', '10.00', [heir('Robin', '100')]), contingent: [heir('Sam', '100')] },
    account('c', '-4.00', [heir('Robin', '100')]),
    account('d', '-4.00', []),
  ])
  expect(items.map(({ designation }) => designation)).toEqual(['contingent_only', 'complete', 'primary_only', 'none'])
  expect(heirs.map(({ amount, name }) => [name, amount])).toEqual([
    ['Robin', '10.00'],
    ['Sam', '10.00'],
  ])
  expect(totals).toEqual([{ currency: 'USD', designated: '20.00', undesignated: '0.00' }])
})
