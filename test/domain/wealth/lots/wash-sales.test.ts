import { describe, expect, test } from 'vitest'
import { epochDayOf } from '../../../../domain/shared/index.ts'
import { calculate, event, gainsOf, openOf } from './histories.ts'

/** 100 shares of 2024 that cost 1,000 dollars, sold for 700 on 3 June 2025. */
const held = event('buy', '2024-01-08', { id: 'held', quantity: 100, dollars: 1000 })
const loss = event('sell', '2025-06-03', { id: 'loss', quantity: 100, dollars: 700, picks: [['held', 100]] })
const disallowedBy = (...replacements: Parameters<typeof event>[]) =>
  calculate([held, loss, ...replacements.map(([type, date, stated]) => event(type, date, { quantity: 100, dollars: 800, ...stated }))])

describe('examples of Publication 550, chapter 4, "Wash Sales"', () => {
  test('example 1: the loss of 250 dollars makes a basis of 1,050', () => {
    const result = calculate([
      event('buy', '2024-02-05', { id: 'old', quantity: 100, dollars: 1000 }),
      event('sell', '2024-09-03', { quantity: 100, dollars: 750 }),
      event('buy', '2024-09-20', { id: 'new', quantity: 100, dollars: 800 }),
    ])
    expect(gainsOf(result)).toMatchObject([{ gain: -250, disallowed: 250 }])
    // Held from 5 February to 3 September: 211 days before 20 September.
    expect(openOf(result)).toEqual([{ lot: 'new', shares: 100, basis: 1050, held: '2024-02-22' }])
  })

  test('"More or less stock bought than sold": 75 shares of purchases before the sale', () => {
    const result = calculate([
      event('buy', '2014-09-26', { id: 'sold', quantity: 100, dollars: 5000 }),
      event('buy', '2014-12-19', { id: '50', quantity: 50, dollars: 2750 }),
      event('buy', '2014-12-26', { id: '25', quantity: 25, dollars: 1125 }),
      event('sell', '2015-01-09', { quantity: 100, dollars: 4000 }),
    ])
    expect(gainsOf(result)).toMatchObject([{ gain: -1000, disallowed: 750 }])
    expect(openOf(result)).toMatchObject([
      { lot: '50', basis: 3250 },
      { lot: '25', basis: 1375 },
    ])
  })

  test('"More or less stock bought than sold": 200 shares of purchases of four days after it', () => {
    const days = ['2015-02-10', '2015-02-11', '2015-02-12', '2015-02-13']
    const result = calculate([
      event('buy', '2014-09-26', { id: 'sold', quantity: 100, dollars: 5000 }),
      event('sell', '2015-02-06', { quantity: 100, dollars: 4000 }),
      ...days.map(date => event('buy', date, { id: date, quantity: 50, dollars: 2000 })),
    ])
    expect(gainsOf(result)).toMatchObject([{ disallowed: 1000 }])
    expect(openOf(result).map(({ basis }) => basis)).toEqual([2500, 2500, 2000, 2000])
  })

  test('"Loss and gain on same day": a loss on the first block, and gains on the two others', () => {
    const result = calculate([
      event('buy', '2009-03-02', { id: '1', quantity: 100, dollars: 15_800 }),
      event('buy', '2009-04-01', { id: '2', quantity: 100, dollars: 10_000 }),
      event('buy', '2009-05-01', { id: '3', quantity: 100, dollars: 9500 }),
      event('sell', '2014-12-26', { quantity: 300, dollars: 37_500 }),
      event('buy', '2015-01-09', { id: '250', quantity: 250, dollars: 31_250 }),
    ])
    expect(gainsOf(result).map(({ gain, disallowed }) => [gain, disallowed])).toEqual([
      [-3300, 3300],
      [2500, 0],
      [3000, 0],
    ])
    expect(openOf(result).map(({ shares, basis }) => [shares, basis])).toEqual([
      [100, 15_800],
      [150, 18_750],
    ])
  })

  test.each([
    // 26 CFR 1.1091-2(a), examples 1 and 2.
    [90, 110],
    [70, 90],
  ])('26 CFR 1.1091-2(a): a share of 100 dollars sold for 80 and bought for %d has a basis of %d', (price, basis) => {
    const result = calculate([
      event('buy', '1935-01-02', { id: 'old', quantity: 1, dollars: 100 }),
      event('sell', '1955-01-15', { quantity: 1, dollars: 80 }),
      event('buy', '1955-02-01', { id: 'new', quantity: 1, dollars: price }),
    ])
    expect(openOf(result)).toMatchObject([{ basis }])
  })
})

describe('the 61 days', () => {
  test.each([
    ['2025-05-03', 0],
    ['2025-05-04', 300],
    ['2025-06-03', 300],
    ['2025-07-03', 300],
    ['2025-07-04', 0],
  ])('a purchase on %s replaces %d dollars of a loss of 3 June: pitfall 23', (date, disallowed) => {
    expect(gainsOf(disallowedBy(['buy', date]))).toMatchObject([{ disallowed }])
  })

  test('shares that were bought elsewhere count from their purchase, on whichever day they come in', () => {
    const moved = (acquired: string) =>
      calculate([
        held,
        loss,
        event('transfer_in', '2025-06-16', {
          id: 'in',
          quantity: 100,
          basisCents: 80_000,
          acquiredDay: acquired === 'old' ? 20_000 : 20_242,
        }),
      ])
    // Day 20,000 is 4 October 2024, day 20,242 is 3 June 2025.
    expect(gainsOf(moved('old'))).toMatchObject([{ disallowed: 0 }])
    expect(gainsOf(moved('new'))).toMatchObject([{ disallowed: 300 }])
  })

  test('shares of an old purchase that come in between two purchases hide neither from a loss', () => {
    const result = calculate([
      held,
      event('buy', '2025-05-12', { id: 'near', quantity: 40, dollars: 400 }),
      event('transfer_in', '2025-05-19', { id: 'in', quantity: 100, basisCents: 80_000, acquiredDay: 20_000 }),
      loss,
    ])
    expect(result.washSales).toMatchObject([{ replacedBy: 'near', disallowedCents: 12_000 }])
  })

  test.each([
    ['2025-05-03', 0],
    ['2025-05-04', 300],
    ['2025-07-03', 300],
    ['2025-07-04', 0],
  ])('shares that were bought elsewhere on %s and come in months later replace %d dollars: IRC 1091(a)', (acquired, disallowed) => {
    const result = calculate([
      held,
      loss,
      event('buy', '2025-08-04', { id: 'later', quantity: 1, dollars: 8 }),
      event('split', '2025-09-02', { numerator: 2, denominator: 1 }),
      event('transfer_in', '2025-10-06', { id: 'in', quantity: 200, basisCents: 80_000, acquiredDay: epochDayOf(acquired) }),
    ])
    expect(gainsOf(result)).toMatchObject([{ disallowed }])
    expect(result.lots.find(({ openedBy }) => openedBy === 'in')).toMatchObject({ basisCents: 80_000 + 100 * disallowed })
  })

  test('gifts and inheritances are no purchases', () => {
    for (const origin of ['gift', 'inheritance'] as const)
      expect(gainsOf(disallowedBy(['transfer_in', '2025-06-10', { origin, basisCents: 80_000, valueCents: 80_000 }]))).toMatchObject([
        { disallowed: 0 },
      ])
  })
})

describe('which shares replace', () => {
  test('those of all accounts; in a retirement or health savings account the loss is lost, Rev. Rul. 2008-5', () => {
    const spouse = disallowedBy(['buy', '2025-06-10', { id: 'new', accountId: 'spouse' }])
    expect(openOf(spouse)).toMatchObject([{ basis: 1100 }])
    expect(spouse.washSales).toMatchObject([{ accountId: 'spouse', isLost: false }])
    for (const accountId of ['ira', 'hsa']) {
      const result = disallowedBy(['buy', '2025-06-10', { id: 'new', accountId }])
      expect(gainsOf(result)).toMatchObject([{ gain: -300, disallowed: 300 }])
      expect(openOf(result)).toEqual([{ lot: 'new', shares: 100, basis: 800, held: '2025-06-10' }])
      expect(result.washSales).toMatchObject([{ accountId, isLost: true, disallowedCents: 30_000 }])
    }
  })

  test('a loss in a retirement account is none', () => {
    const events = [held, loss].map(one => ({ ...one, accountId: 'ira' }))
    expect(calculate([...events, event('buy', '2025-06-10', { quantity: 100, dollars: 800 })]).washSales).toEqual([])
  })

  test('of one day, purchases in accounts that are taxed come first', () => {
    const result = disallowedBy(
      ['buy', '2025-06-10', { id: 'a', accountId: 'ira' }],
      ['buy', '2025-06-10', { id: 'b', accountId: 'taxable' }],
    )
    expect(result.washSales).toMatchObject([{ replacedBy: 'b', isLost: false }])
  })

  test('a reinvested dividend, as many shares as it has', () => {
    const result = disallowedBy(['reinvestment', '2025-06-16', { id: 'drip', quantity: '1.25', dollars: 10 }])
    // 300 x 1.25 / 100
    expect(gainsOf(result)).toMatchObject([{ disallowed: 3.75 }])
    expect(openOf(result)).toMatchObject([{ lot: 'drip', basis: 13.75 }])
  })

  test('not those that were sold before the loss', () => {
    const result = calculate([
      held,
      event('buy', '2025-05-12', { id: 'gone', quantity: 100, dollars: 900 }),
      event('sell', '2025-05-20', { quantity: 100, dollars: 950, picks: [['gone', 100]] }),
      loss,
    ])
    expect(result.washSales).toEqual([])
  })

  test('not the rest of the purchase that was sold', () => {
    const result = calculate([
      event('buy', '2025-05-20', { id: 'one', quantity: 200, dollars: 2000 }),
      event('sell', '2025-06-03', { quantity: 100, dollars: 700 }),
    ])
    expect(result.washSales).toEqual([])
  })

  test('substantially identical securities by pairs that a person declares, which are not transitive', () => {
    const identicalPairs = [
      ['XYZ', 'Y'],
      ['Y', 'Z'],
    ] as const
    const bought = (symbol: string) =>
      calculate([held, loss, event('buy', '2025-06-10', { symbol, quantity: 100, dollars: 800 })], { identicalPairs })
    expect(gainsOf(bought('Y'))).toMatchObject([{ disallowed: 300 }])
    expect(gainsOf(bought('Z'))).toMatchObject([{ disallowed: 0 }])
  })

  test('after a split as many more', () => {
    const split = event('split', '2025-06-09', { numerator: 2, denominator: 1 })
    const other = event('buy', '2025-01-06', { id: 'other', quantity: 10, dollars: 80 })
    const bought = (quantity: number) =>
      gainsOf(calculate([held, other, loss, split, event('buy', '2025-06-16', { quantity, dollars: 400 })]))[0]!.disallowed
    expect([bought(50), bought(100), bought(200), bought(400)]).toEqual([75, 150, 300, 300])
  })

  test('those of the new name of a security; the sale keeps the old one', () => {
    const other = event('buy', '2025-01-06', { id: 'other', quantity: 10, dollars: 80 })
    const renamed = event('symbol_change', '2025-06-09', { newSymbol: 'NEW' })
    const result = calculate([held, other, loss, renamed, event('buy', '2025-06-16', { symbol: 'NEW', quantity: 100, dollars: 800 })])
    expect(result.closings).toMatchObject([{ symbol: 'XYZ', disallowedCents: 30_000 }])
    expect(result.washSales).toMatchObject([{ symbol: 'NEW' }])
  })
})

describe('several losses', () => {
  test('a repurchase replaces its shares once: pitfall 22', () => {
    const result = calculate([
      event('buy', '2024-01-08', { id: 'A', quantity: 100, dollars: 1000 }),
      event('buy', '2024-01-09', { id: 'B', quantity: 100, dollars: 1200 }),
      event('sell', '2025-06-03', { id: 'one', quantity: 100, dollars: 700 }),
      event('sell', '2025-06-10', { id: 'two', quantity: 100, dollars: 700 }),
      event('buy', '2025-06-16', { id: 'new', quantity: 120, dollars: 900 }),
    ])
    // All of the first loss, and 20 of the 100 shares of the second.
    expect(gainsOf(result).map(({ disallowed }) => disallowed)).toEqual([300, 100])
    expect(openOf(result).reduce((sum, { basis }) => sum + basis!, 0)).toBe(1300)
  })

  test('replaced in two tranches adds up to the loss: pitfall 22', () => {
    const result = disallowedBy(
      ['buy', '2025-05-20', { id: 'A', quantity: '33.333', dollars: 300 }],
      ['buy', '2025-06-20', { id: 'B', quantity: 90, dollars: 700 }],
    )
    expect(gainsOf(result)).toMatchObject([{ gain: -300, disallowed: 300 }])
    expect(result.washSales.map(({ disallowedCents }) => disallowedCents)).toEqual([10_000, 20_000])
  })

  test('a chain: the loss of the replacement has that of the shares that it replaced', () => {
    const result = calculate([
      held,
      loss,
      event('buy', '2025-06-10', { id: 'B', quantity: 100, dollars: 800 }),
      event('sell', '2025-07-01', { id: 'second', quantity: 100, dollars: 750 }),
      event('buy', '2025-07-20', { id: 'C', quantity: 100, dollars: 760 }),
    ])
    // 800 + 300 - 750 = 350, then 760 + 350.
    expect(gainsOf(result).map(({ gain, disallowed }) => [gain, disallowed])).toEqual([
      [-300, 300],
      [-350, 350],
    ])
    // Held for 512 and 21 days before 20 July 2025.
    expect(openOf(result)).toEqual([{ lot: 'C', shares: 100, basis: 1110, held: '2024-02-03' }])
  })

  test('of one day do not depend on the order in which they are given: pitfall 24', () => {
    const events = [
      event('buy', '2025-05-05', { id: 'A', quantity: 100, dollars: 1000 }),
      event('buy', '2025-05-06', { id: 'B', quantity: 100, dollars: 1100 }),
      event('sell', '2025-05-20', { id: '1', quantity: 100, dollars: 900, picks: [['B', 100]] }),
      event('sell', '2025-05-20', { id: '2', quantity: 100, dollars: 900, picks: [['A', 100]] }),
    ]
    const result = calculate(events)
    expect(calculate(events.toReversed())).toEqual(result)
    // A is replaced by B, which is sold on the same day at the loss of both: nothing replaces B.
    const sums = gainsOf(result).reduce((all, { gain, disallowed }) => [all[0]! + gain!, all[1]! + disallowed], [0, 0])
    expect(sums).toEqual([-400, 100])
    expect(sums[0]! + sums[1]!).toBe(1800 - 2100)
  })

  test('shares that already replaced those of a loss outside of the ledger replace no others', () => {
    expect(gainsOf(disallowedBy(['buy', '2025-06-10', { isReplacement: true }]))).toMatchObject([{ disallowed: 0 }])
  })
})
