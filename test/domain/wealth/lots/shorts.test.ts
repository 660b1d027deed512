import { describe, expect, test } from 'vitest'
import { epochDayOf } from '../../../../domain/shared/index.ts'
import { calculate, event, gainsOf, openOf } from './histories.ts'

describe('short sales: Publication 550, chapter 4, "Short Sales"', () => {
  test('a gain on what was bought to cover is short-term, however long it was open', () => {
    const result = calculate([
      event('short', '2023-01-09', { quantity: 100, dollars: 1600 }),
      event('cover', '2024-06-10', { quantity: 100, dollars: 1000 }),
    ])
    expect(gainsOf(result)).toMatchObject([{ shares: 100, basis: 1000, gain: 600, term: 'short' }])
    expect(result.closings[0]).toMatchObject({ kind: 'short', proceedsCents: 160_000 })
  })

  test('13 months later a purchase at a higher price closes it with a short-term loss', () => {
    const result = calculate([
      event('short', '2024-01-08', { quantity: 100, dollars: 1000 }),
      event('buy', '2025-02-10', { quantity: 100, dollars: 1500 }),
    ])
    expect(gainsOf(result)).toMatchObject([{ gain: -500, term: 'short' }])
    expect(openOf(result)).toEqual([])
  })

  test('a loss is long-term if identical shares were held for more than a year, IRC 1233(d)', () => {
    const result = calculate([
      event('buy', '2022-01-03', { id: 'held', quantity: 100, dollars: 1000 }),
      event('short', '2024-01-08', { quantity: 100, dollars: 1600 }),
      event('cover', '2024-03-11', { quantity: 100, dollars: 1800 }),
    ])
    expect(gainsOf(result)).toMatchObject([{ gain: -200, term: 'long' }])
  })

  test('the loss on more shares than were held is short-term', () => {
    const result = calculate([
      event('buy', '2022-01-03', { id: 'held', quantity: 40, dollars: 400 }),
      event('short', '2024-01-08', { id: 'short', quantity: 100, dollars: 1600 }),
      event('cover', '2024-03-11', { quantity: 100, dollars: 1800 }),
    ])
    expect(gainsOf(result)).toMatchObject([
      { shares: 40, gain: -80, term: 'long' },
      { shares: 60, gain: -120, term: 'short' },
    ])
  })

  test('shares of a substantially identical security and of another account count as held', () => {
    const events = [
      event('buy', '2022-01-03', { id: 'held', symbol: 'ABC', accountId: 'spouse', quantity: 100, dollars: 1000 }),
      event('short', '2024-01-08', { quantity: 100, dollars: 1600 }),
      event('cover', '2024-03-11', { quantity: 100, dollars: 1800 }),
    ]
    expect(gainsOf(calculate(events, { identicalPairs: [['ABC', 'XYZ']] }))).toMatchObject([{ term: 'long' }])
    expect(gainsOf(calculate(events))).toMatchObject([{ term: 'short' }])
  })

  test('Publication 550 (1996), page 50, example 2: the holding period begins anew on the day of the cover', () => {
    const result = calculate([
      event('buy', '1995-05-04', { id: 'held', quantity: 100, dollars: 1000 }),
      event('short', '1995-10-02', { id: 'short', quantity: 100, dollars: 1600 }),
      event('cover', '1995-11-02', { quantity: 100, dollars: 1800 }),
      event('sell', '1996-06-03', { quantity: 100, dollars: 1800 }),
    ])
    expect(gainsOf(result)).toMatchObject([
      { lot: 'short', gain: -200, term: 'short' },
      { lot: 'held', gain: 800, term: 'short' },
    ])
    expect(result.closings[1]).toMatchObject({ holdingDay: result.closings[0]!.closedDay })
  })

  test('it begins anew for as many shares as were sold short, the oldest first, and not for those held for more than a year: IRC 1233(b)(2)', () => {
    const result = calculate([
      event('buy', '2022-01-03', { id: 'old', quantity: 100, dollars: 1000 }),
      event('buy', '2023-06-01', { id: 'young', quantity: 100, dollars: 1000 }),
      event('buy', '2023-07-03', { id: 'younger', quantity: 100, dollars: 1000 }),
      event('short', '2023-10-02', { id: 'short', quantity: 150, dollars: 1600 }),
      event('cover', '2023-11-02', { quantity: 150, dollars: 1500 }),
    ])
    expect(openOf(result)).toEqual([
      { lot: 'old', shares: 100, basis: 1000, held: '2022-01-03' },
      { lot: 'young', shares: 100, basis: 1000, held: '2023-11-02' },
      { lot: 'younger', shares: 50, basis: 500, held: '2023-11-02' },
      { lot: 'younger', shares: 50, basis: 500, held: '2023-07-03' },
    ])
  })

  test('it begins on the day of their sale if that comes before the cover', () => {
    const result = calculate([
      event('buy', '2023-01-09', { id: 'held', quantity: 100, dollars: 1000 }),
      event('short', '2023-10-02', { id: 'short', accountId: 'spouse', quantity: 60, dollars: 1600 }),
      event('sell', '2024-02-05', { quantity: 100, dollars: 1500 }),
      event('cover', '2024-03-11', { accountId: 'spouse', quantity: 60, dollars: 500 }),
    ])
    expect(gainsOf(result).slice(0, 2)).toMatchObject([
      { shares: 60, term: 'short' },
      { shares: 40, term: 'long' },
    ])
  })

  test('it begins anew for shares that were acquired between the short sale and the cover', () => {
    const result = calculate([
      event('short', '2023-10-02', { id: 'short', quantity: 100, dollars: 1600 }),
      event('buy', '2023-10-16', { id: 'between', accountId: 'spouse', quantity: 100, dollars: 1500 }),
      event('cover', '2024-01-08', { quantity: 100, dollars: 1400 }),
    ])
    expect(openOf(result)).toEqual([{ lot: 'between', shares: 100, basis: 1500, held: '2024-01-08' }])
  })

  test.each([
    ['gift', '2020-01-06', '2024-01-08'],
    ['transfer', '2023-06-01', '2024-01-08'],
    ['transfer', '2023-10-10', '2024-01-08'],
    // Held for more than a year when the others were sold short.
    ['transfer', '2022-01-03', '2022-01-03'],
    ['inheritance', '2020-01-06', '2020-01-06'],
  ] as const)('of shares that come in by %s of %s while it is open it begins on %s: IRC 1233(b)(2)', (origin, acquired, held) => {
    const result = calculate([
      event('short', '2023-10-02', { quantity: 100, dollars: 1600 }),
      event('transfer_in', '2023-10-16', {
        id: 'in',
        accountId: 'spouse',
        quantity: 100,
        origin,
        basisCents: 150_000,
        valueCents: 150_000,
        acquiredDay: epochDayOf(acquired),
      }),
      event('cover', '2024-01-08', { quantity: 100, dollars: 1400 }),
    ])
    expect(openOf(result)).toEqual([{ lot: 'in', shares: 100, basis: 1500, held }])
  })

  test('the lowest tax takes shares with a holding period that will begin anew, or has, as short-term', () => {
    const sold = (date: string, quantity: number, dollars: number) =>
      event('sell', date, { id: date, quantity, dollars, method: 'lowest_tax' })
    const events = [
      event('buy', '2023-01-09', { id: 'held', quantity: 101, dollars: 1010 }),
      sold('2023-02-06', 1, 20),
      event('short', '2023-10-02', { accountId: 'spouse', quantity: 60, dollars: 1600 }),
    ]
    const cover = event('cover', '2024-01-15', { accountId: 'spouse', quantity: 60, dollars: 500 })
    for (const history of [events, [...events, cover]]) {
      const closings = gainsOf(calculate([...history, sold('2024-02-05', 70, 1400)])).slice(-2)
      // The 40 shares beyond the 60 that were sold short are long-term, and their gain is taxed less.
      expect(closings).toMatchObject([
        { shares: 40, term: 'long' },
        { shares: 30, term: 'short' },
      ])
    }
  })

  test('shares in a retirement account change nothing', () => {
    const result = calculate([
      event('buy', '2023-06-01', { id: 'ira', accountId: 'ira', quantity: 100, dollars: 1000 }),
      event('short', '2023-10-02', { quantity: 100, dollars: 1600 }),
      event('cover', '2023-11-02', { quantity: 100, dollars: 1500 }),
    ])
    expect(openOf(result)).toEqual([{ lot: 'ira', shares: 100, basis: 1000, held: '2023-06-01' }])
  })

  test('a purchase covers first, and a reinvestment beyond it stays one', () => {
    const result = calculate([
      event('short', '2024-01-08', { id: 'short', quantity: 4, dollars: 100 }),
      event('reinvestment', '2024-02-05', { id: 'drip', quantity: 10, dollars: 200 }),
    ])
    expect(gainsOf(result)).toMatchObject([{ lot: 'short', shares: 4, basis: 80, gain: 20 }])
    expect(result.lots).toMatchObject([{ openedBy: 'drip', origin: 'reinvestment', basisCents: 12_000 }])
  })

  test('what is covered beyond the short sale is named', () => {
    const result = calculate([
      event('short', '2024-01-08', { quantity: 4, dollars: 100 }),
      event('cover', '2024-02-05', { quantity: 10, dollars: 200 }),
    ])
    expect(result.problems).toMatchObject([{ kind: 'overcovered', quantity: 6n * 10n ** 18n }])
  })

  test('a loss is replaced by another short sale within 30 days, and not by a purchase: 26 CFR 1.1091-1(g)', () => {
    const events = [
      event('short', '2024-01-08', { id: 'one', quantity: 100, dollars: 1000 }),
      event('cover', '2024-02-05', { quantity: 100, dollars: 1300 }),
    ]
    const purchase = event('buy', '2024-02-12', { id: 'purchase', quantity: 100, dollars: 1300 })
    expect(calculate([...events, purchase]).washSales).toEqual([])
    const result = calculate([...events, event('short', '2024-03-06', { id: 'two', quantity: 100, dollars: 1200 })])
    expect(gainsOf(result)).toMatchObject([{ gain: -300, disallowed: 300 }])
    expect(result.washSales).toMatchObject([{ replacedBy: 'two', disallowedCents: 30_000 }])
    expect(calculate([...events, event('short', '2024-03-07', { quantity: 100, dollars: 1200 })]).washSales).toEqual([])
  })
})
