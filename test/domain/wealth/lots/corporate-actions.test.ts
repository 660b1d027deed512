import { describe, expect, test } from 'vitest'
import { calculate, event, gainsOf, openOf } from './histories.ts'

const SHARE = 10n ** 18n
const buy = (date: string, quantity: number | string, dollars: number) => event('buy', date, { id: date, quantity, dollars })

describe('splits and stock dividends', () => {
  test('4,900 shares 1-for-7 are 700, not 699: pitfall 34', () => {
    const result = calculate([buy('2024-01-08', 4900, 7000), event('split', '2025-02-03', { numerator: 1, denominator: 7 })])
    expect(result.lots).toMatchObject([{ quantity: 700n * SHARE, basisCents: 700_000 }])
  })

  test('lots that do not divide evenly add up to the shares of the account', () => {
    const lots = [buy('2024-01-08', 1, 10), buy('2024-01-09', 1, 20), buy('2024-01-10', 5, 30)]
    const result = calculate([...lots, event('split', '2025-02-03', { numerator: 1, denominator: 7 })])
    expect(result.lots.reduce((sum, { quantity }) => sum + quantity, 0n)).toBe(SHARE)
    expect(openOf(result).map(({ basis, held }) => [basis, held])).toEqual([
      [10, '2024-01-08'],
      [20, '2024-01-09'],
      [30, '2024-01-10'],
    ])
  })

  test('Publication 550, chapter 4, "Stock Dividends": two new shares for each', () => {
    const one = calculate([buy('2020-01-06', 1, 45), event('stock_dividend', '2021-03-01', { quantity: 2 })])
    expect(openOf(one)).toMatchObject([{ shares: 3, basis: 45 }])
    const two = calculate([buy('2020-01-06', 1, 30), buy('2020-02-03', 1, 45), event('stock_dividend', '2021-03-01', { quantity: 4 })])
    expect(openOf(two)).toMatchObject([
      { shares: 3, basis: 30 },
      { shares: 3, basis: 45 },
    ])
  })

  test('IRS VITA, holding period, case study 2: 10 shares of a stock dividend are long-term three days later', () => {
    const result = calculate([
      buy('2019-03-04', 500, 1500),
      event('stock_dividend', '2024-03-04', { quantity: 10 }),
      event('sell', '2024-03-07', { quantity: 510, dollars: 2030 }),
    ])
    expect(gainsOf(result)).toMatchObject([{ shares: 510, gain: 530, term: 'long' }])
  })

  test('cash in lieu sells the fraction', () => {
    // 55 shares 3-for-2 are 82.5; the basis of the half share is 6,895 / 165 = 41.79.
    const result = calculate([buy('2023-01-09', 55, 6895), event('split', '2025-02-03', { numerator: 3, denominator: 2, dollars: 50 })])
    expect(gainsOf(result)).toEqual([{ lot: '2023-01-09', shares: 0.5, basis: 41.79, gain: 8.21, disallowed: 0, term: 'long' }])
    expect(result.closings).toMatchObject([{ kind: 'cash_in_lieu' }])
    expect(openOf(result)).toMatchObject([{ shares: 82, basis: 6853.21 }])
  })

  test('cash without a fraction, and a split without shares, are named', () => {
    expect(
      calculate([buy('2023-01-09', 10, 100), event('split', '2025-02-03', { numerator: 2, denominator: 1, dollars: 5 })]).problems,
    ).toMatchObject([{ kind: 'no_fraction' }])
    expect(calculate([event('split', '2025-02-03', { numerator: 2, denominator: 1 })]).problems).toMatchObject([{ kind: 'no_holding' }])
  })

  test('a split changes shares that were sold short too', () => {
    const result = calculate([
      event('short', '2025-01-06', { id: 'short', quantity: 10, dollars: 1000 }),
      event('split', '2025-02-03', { numerator: 2, denominator: 1 }),
    ])
    expect(openOf(result)).toMatchObject([{ lot: 'short', shares: 20, basis: 1000 }])
  })

  test('a split of the day comes before the sale of the day', () => {
    const result = calculate([
      buy('2024-01-08', 10, 1000),
      event('sell', '2025-02-03', { quantity: 20, dollars: 1400 }),
      event('split', '2025-02-03', { numerator: 2, denominator: 1 }),
    ])
    expect(gainsOf(result)).toMatchObject([{ shares: 20, gain: 400 }])
  })
})

describe('mergers', () => {
  const merger = (change: Parameters<typeof event>[2]) =>
    event('merger', '2025-02-03', { newSymbol: 'NEW', numerator: 1, denominator: 1, ...change })

  test('for shares keeps basis and holding period, IRC 354 and 358', () => {
    const result = calculate([buy('2024-06-03', 100, 1000), buy('2024-07-01', 50, 900), merger({ numerator: 2, denominator: 5 })])
    expect(result.closings).toEqual([])
    expect(result.lots.map(({ symbol }) => symbol)).toEqual(['NEW', 'NEW'])
    expect(openOf(result)).toEqual([
      { lot: '2024-06-03', shares: 40, basis: 1000, held: '2024-06-03' },
      { lot: '2024-07-01', shares: 20, basis: 900, held: '2024-07-01' },
    ])
  })

  test('for cash is a sale of all shares', () => {
    const result = calculate([buy('2024-06-03', 100, 1000), event('merger', '2025-02-03', { dollars: 1700 })])
    expect(gainsOf(result)).toMatchObject([{ shares: 100, gain: 700, term: 'short' }])
    expect(result.lots).toEqual([])
  })

  test.each([
    // 26 CFR 1.356-1(c), example 1: stock worth 100 and 75 besides, for stock with a basis of 85. Of the gain of 90, 75 counts. 85 - 75 + 75.
    [85, 75, 85],
    // A gain of 25 counts as a whole: 150 - 75 + 25.
    [150, 25, 100],
    // A loss does not count, IRC 356(c): 200 - 75.
    [200, 0, 125],
  ])('for a share of 100 dollars and 75 in cash: of a basis of %d a gain of %d, and a new basis of %d', (dollars, gain, basis) => {
    const result = calculate([buy('2020-01-06', 1, dollars), merger({ dollars: 75, priceMillionths: 10_000_000_000n })])
    expect(gainsOf(result)).toMatchObject([{ gain, term: 'long' }])
    expect(result.closings).toMatchObject([{ kind: 'boot', proceedsCents: 7500 }])
    expect(openOf(result)).toMatchObject([{ shares: 1, basis, held: '2020-01-06' }])
  })

  test('figures the gain of each lot by itself: a loss of one does not reduce the gain of the other', () => {
    const result = calculate([
      buy('2020-01-06', 1, 85),
      buy('2020-02-03', 1, 200),
      merger({ dollars: 150, priceMillionths: 10_000_000_000n }),
    ])
    expect(gainsOf(result).map(({ gain }) => gain)).toEqual([75, 0])
    expect(openOf(result).map(({ basis }) => basis)).toEqual([85, 125])
  })

  test('names what is missing', () => {
    const kinds = (change: Parameters<typeof event>[2]) =>
      calculate([buy('2020-01-06', 1, 85), merger(change)]).problems.map(({ kind }) => kind)
    expect(kinds({ numerator: 0 })).toEqual(['no_ratio'])
    expect(kinds({ dollars: 75 })).toEqual(['no_price'])
    expect(kinds({ dollars: null, priceMillionths: 1n })).toEqual(['no_rate'])
  })
})

describe('spin-offs, new names and returns of capital', () => {
  test('a spin-off takes its share of the basis of each lot, and the holding period: IRC 358(b)(2)', () => {
    const result = calculate([
      buy('2020-01-06', 100, 1000),
      buy('2024-06-03', 20, 500),
      event('spin_off', '2025-02-03', { id: 'spin', newSymbol: 'KID', numerator: 1, denominator: 4, basisShare: 3_000_000_000n }),
    ])
    expect(result.lots.map(({ symbol, openedBy }) => `${symbol} ${openedBy}`)).toEqual([
      'KID spin',
      'KID spin',
      'XYZ 2020-01-06',
      'XYZ 2024-06-03',
    ])
    expect(openOf(result).map(({ shares, basis, held }) => [shares, basis, held])).toEqual([
      [25, 300, '2020-01-06'],
      [5, 150, '2024-06-03'],
      [100, 700, '2020-01-06'],
      [20, 350, '2024-06-03'],
    ])
  })

  test('a fraction of its shares that is paid in cash is sold', () => {
    const result = calculate([
      buy('2020-01-06', 10, 1000),
      event('spin_off', '2025-02-03', { newSymbol: 'KID', numerator: 1, denominator: 4, basisShare: 2_000_000_000n, dollars: 60 }),
    ])
    // 200 dollars for 2.5 shares: 40 for the half.
    expect(gainsOf(result)).toMatchObject([{ shares: 0.5, basis: 40, gain: 20, term: 'long' }])
    expect(result.closings).toMatchObject([{ symbol: 'KID', kind: 'cash_in_lieu' }])
  })

  test('without its share of the basis neither basis is known', () => {
    const result = calculate([
      buy('2020-01-06', 10, 1000),
      event('spin_off', '2025-02-03', { newSymbol: 'KID', numerator: 1, denominator: 1 }),
    ])
    expect(openOf(result).map(({ basis }) => basis)).toEqual([null, null])
    expect(result.problems).toMatchObject([{ kind: 'no_basis_share' }])
  })

  test('a new name changes nothing else', () => {
    const result = calculate([buy('2020-01-06', 10, 1000), event('symbol_change', '2025-02-03', { newSymbol: 'NEW' })])
    expect(result.lots).toMatchObject([{ symbol: 'NEW', quantity: 10n * SHARE, basisCents: 100_000 }])
  })

  test('a return of capital beyond the basis of a lot is a gain: Publication 550, chapter 1, "Nondividend Distributions"', () => {
    const result = calculate([
      buy('2020-01-06', 10, 20),
      buy('2024-06-03', 10, 100),
      event('return_of_capital', '2025-02-03', { id: 'return', dollars: 60 }),
    ])
    expect(result.closings).toMatchObject([
      { kind: 'return_of_capital', openedBy: '2020-01-06', quantity: 0n, proceedsCents: 1000, basisCents: 0, term: 'long' },
    ])
    expect(openOf(result).map(({ basis }) => basis)).toEqual([0, 70])
  })

  test('a return of capital takes what wash sales have added last', () => {
    const result = calculate([
      buy('2024-01-08', 10, 100),
      event('sell', '2025-01-06', { quantity: 10, dollars: 80 }),
      event('buy', '2025-01-13', { id: 'new', quantity: 10, dollars: 50 }),
      event('return_of_capital', '2025-02-03', { dollars: 60 }),
    ])
    expect(result.lots).toMatchObject([{ basisCents: 1000, washCents: 1000 }])
  })

  test('a loss waits for as many shares as a merger has made of those that were sold', () => {
    const result = calculate([
      event('buy', '2023-01-09', { accountId: 'spouse', quantity: 4, dollars: 40 }),
      buy('2023-01-10', 10, 100),
      event('sell', '2025-01-06', { quantity: 10, dollars: 80 }),
      event('merger', '2025-01-13', { accountId: 'spouse', newSymbol: 'NEW', numerator: 2, denominator: 1 }),
      event('buy', '2025-01-20', { id: 'new', symbol: 'NEW', quantity: 25, dollars: 250 }),
    ])
    expect(result.washSales).toMatchObject([{ replacedBy: 'new', quantity: 20n * SHARE, disallowedCents: 2000 }])
  })
})
