import { describe, expect, test } from 'vitest'
import { accountBases, type BasisAccount, type BasisPosition } from '../../../domain/wealth/index.ts'

const account = (more: Partial<BasisAccount> = {}): BasisAccount => ({
  id: 'A',
  name: 'Brokerage',
  type: 'investment',
  currency: 'USD',
  balanceSource: 'ledger',
  balance: '500.00',
  ...more,
})
const position = (
  symbol: string,
  costBasis: string | null,
  marketValue: string | null,
  more: Partial<BasisPosition> = {},
): BasisPosition => ({
  accountId: 'A',
  symbol,
  isShort: false,
  costBasis,
  marketValue,
  priceDate: marketValue === null ? null : '2026-10-30',
  ...more,
})
const basisOf = (of: BasisAccount, positions: readonly BasisPosition[], problems: Parameters<typeof accountBases>[2] = []) =>
  accountBases([of], positions, problems)[0]!
const vti = position('VTI', '1000.00', '1600.00')
const bnd = position('BND', '400.00', '380.00', { priceDate: '2026-10-29' })

describe('the basis of an account by the ledger', () => {
  test('is that of its lots, and the cash at its amount', () => {
    expect(basisOf(account(), [vti, bnd, position('VTI', '7.00', '8.00', { accountId: 'B' })])).toEqual({
      accountId: 'A',
      name: 'Brokerage',
      type: 'investment',
      lotBasis: '1400.00',
      lotValue: '1980.00',
      priceDate: '2026-10-29',
      cash: '500.00',
      rest: null,
      costBasis: '1900.00',
      value: '2480.00',
      gaps: [],
    })
  })

  test('of cash alone is the cash', () => {
    expect(basisOf(account({ type: 'savings' }), [])).toMatchObject({
      lotBasis: '0.00',
      costBasis: '500.00',
      value: '500.00',
      priceDate: null,
    })
  })

  test('does not count cash below zero', () => {
    expect(basisOf(account({ balance: '-1400.00' }), [vti])).toMatchObject({ cash: '-1400.00', costBasis: '1000.00', value: '1600.00' })
  })

  test('is less by the proceeds of shares that were sold short, and so is the worth by what buying them back costs', () => {
    // Of 500 in cash, 300 came from the short sale. It would cost 350 to close it: a loss of 50 beside the gain of 600.
    const short = position('GLD', '300.00', '350.00', { isShort: true })
    expect(basisOf(account(), [vti, short])).toMatchObject({ costBasis: '1200.00', value: '1750.00' })
  })

  test('is known without prices, the worth is not', () => {
    expect(basisOf(account(), [vti, position('XYZ', '50.00', null)])).toMatchObject({ costBasis: '1550.00', lotValue: null, value: null })
  })
})

describe('no basis is invented', () => {
  test('for a lot without a basis: the others are summed, and the gap has its reason', () => {
    expect(basisOf(account(), [vti, position('MSFT', null, '900.00')])).toMatchObject({
      lotBasis: '1000.00',
      costBasis: null,
      value: '3000.00',
      gaps: [{ kind: 'unknown_basis', symbol: 'MSFT' }],
    })
  })

  test('for shares that the ledger lacks. Each reason is named once, and those of other accounts are not', () => {
    const problems = [
      { accountId: 'A', symbol: 'MSFT', kind: 'no_rate' as const },
      { accountId: 'A', symbol: 'MSFT', kind: 'no_rate' as const },
      { accountId: 'A', symbol: 'VTI', kind: 'oversold' as const },
      { accountId: 'B', symbol: 'VTI', kind: 'oversold' as const },
    ]
    const found = basisOf(account(), [vti, position('MSFT', null, '900.00')], problems)
    expect(found.gaps).toEqual([
      { kind: 'no_rate', symbol: 'MSFT' },
      { kind: 'oversold', symbol: 'VTI' },
    ])
    expect(found.costBasis).toBeNull()
  })

  test('but a chosen lot that was not held leaves the others with their basis', () => {
    expect(basisOf(account(), [vti], [{ accountId: 'A', symbol: 'VTI', kind: 'lot_not_held' }]).costBasis).toBe('1500.00')
  })

  test('for cash in another currency', () => {
    expect(basisOf(account({ currency: 'EUR' }), [vti])).toMatchObject({
      cash: null,
      costBasis: null,
      value: null,
      gaps: [{ kind: 'foreign_cash', symbol: null }],
    })
  })
})

describe('the basis of an account with a stated balance', () => {
  const stated = (balance: string | null, more: Partial<BasisAccount> = {}) => account({ balanceSource: 'stated', balance, ...more })

  test('is that of its lots if they are worth as much', () => {
    expect(basisOf(stated('1600.00'), [vti])).toMatchObject({ cash: null, rest: '0.00', costBasis: '1000.00', value: '1600.00', gaps: [] })
    // The balance is older than the price.
    expect(basisOf(stated('1500.00'), [vti])).toMatchObject({ rest: '-100.00', costBasis: '1000.00', value: '1500.00' })
  })

  test.each([
    ['is worth more than the lots', stated('2000.00'), [vti], 'rest_of_balance', '400.00'],
    ['has a share without a price', stated('2000.00'), [position('XYZ', '50.00', null)], 'not_priced', null],
    ['has no lots', stated('2000.00'), [], 'no_lots', '2000.00'],
    ['has no balance yet', stated(null), [vti], 'no_balance', null],
  ] as const)('is not known if it %s', (_, of, positions, kind, rest) => {
    expect(basisOf(of, positions)).toMatchObject({ costBasis: null, rest, gaps: [{ kind, symbol: null }] })
  })
})
