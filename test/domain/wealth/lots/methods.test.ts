import { describe, expect, test } from 'vitest'
import { calculate, event, gainsOf, openOf } from './histories.ts'

/** Four lots of 10 shares at 10, 40, 20 and 30 dollars a share; the first two are long-term on the day of the sale. */
const lots = [
  event('buy', '2022-01-03', { id: 'A', quantity: 10, dollars: 100 }),
  event('buy', '2022-06-01', { id: 'B', quantity: 10, dollars: 400 }),
  event('buy', '2025-03-03', { id: 'C', quantity: 10, dollars: 200 }),
  event('buy', '2025-06-02', { id: 'D', quantity: 10, dollars: 300 }),
]

const order = (method: 'fifo' | 'lifo' | 'hifo' | 'lowest_tax' | 'average' | 'specific', price: number) =>
  gainsOf(calculate([...lots, event('sell', '2025-12-01', { quantity: 40, dollars: 40 * price, method })])).map(({ lot }) => lot)

describe('the methods of a sale', () => {
  test('first in, first out', () => expect(order('fifo', 25)).toEqual(['A', 'B', 'C', 'D']))
  test('last in, first out', () => expect(order('lifo', 25)).toEqual(['D', 'C', 'B', 'A']))
  test('highest cost first', () => expect(order('hifo', 25)).toEqual(['B', 'D', 'C', 'A']))
  test('average takes the oldest', () => expect(order('average', 25)).toEqual(['A', 'B', 'C', 'D']))
  test('specific without lots takes the oldest', () => expect(order('specific', 25)).toEqual(['A', 'B', 'C', 'D']))

  test('lowest tax: short-term losses, long-term losses, long-term gains, short-term gains', () => {
    // At 25: D is a short-term loss, B a long-term loss, A a long-term gain, C a short-term gain.
    expect(order('lowest_tax', 25)).toEqual(['D', 'B', 'A', 'C'])
    // At 45 all are gains: the long-term ones first, the least gain first.
    expect(order('lowest_tax', 45)).toEqual(['B', 'A', 'D', 'C'])
    // At 5 all are losses: the short-term ones first, the greatest loss first.
    expect(order('lowest_tax', 5)).toEqual(['D', 'C', 'B', 'A'])
  })

  test('a lot becomes long-term between two sales by lowest tax', () => {
    const first = event('sell', '2026-03-03', { id: 'first', quantity: 10, dollars: 500, method: 'lowest_tax' })
    const second = event('sell', '2026-03-04', { id: 'second', quantity: 10, dollars: 500, method: 'lowest_tax' })
    const gains = gainsOf(calculate([lots[2]!, event('buy', '2025-09-01', { id: 'E', quantity: 20, dollars: 800 }), first, second]))
    expect(gains.map(({ lot, term }) => `${lot} ${term}`)).toEqual(['E short', 'C long'])
  })

  test('a lot without a basis comes last by cost and by tax', () => {
    const unknown = event('transfer_in', '2020-01-02', { id: 'U', quantity: 10 })
    for (const method of ['hifo', 'lowest_tax'] as const) {
      const result = calculate([unknown, lots[0]!, event('sell', '2025-12-01', { quantity: 20, dollars: 600, method })])
      expect(result.closings.map(({ openedBy }) => openedBy)).toEqual(['A', 'U'])
    }
  })

  test('of equal costs the oldest lot is sold first', () => {
    const equal = [
      event('buy', '2024-01-02', { id: 'first', quantity: '0.3', dollars: 10 }),
      event('buy', '2024-01-03', { id: 'second', quantity: '0.6', dollars: 20 }),
      event('buy', '2024-01-04', { id: 'third', quantity: '0.03', dollars: 1 }),
    ]
    const result = calculate([...equal, event('sell', '2025-12-01', { quantity: '0.5', dollars: 30, method: 'hifo' })])
    expect(gainsOf(result).map(({ lot, shares }) => [lot, shares])).toEqual([
      ['first', 0.3],
      ['second', 0.2],
    ])
  })

  test('what is sold beyond the shares held has no basis, and is named: pitfall 25', () => {
    const result = calculate([lots[0]!, event('sell', '2025-12-01', { quantity: 15, dollars: 300 })])
    expect(gainsOf(result)).toMatchObject([
      { lot: 'A', shares: 10, gain: 100 },
      { lot: null, shares: 5, gain: null },
    ])
    expect(result.closings.map(({ proceedsCents }) => proceedsCents)).toEqual([20_000, 10_000])
    expect(result.problems).toMatchObject([{ kind: 'oversold', quantity: 5n * 10n ** 18n }])
  })

  test('after all shares are sold, new ones have a basis of their own: pitfall 25', () => {
    const again = event('buy', '2026-02-02', { id: 'again', quantity: 8, dollars: 500 })
    for (const method of ['fifo', 'lifo', 'hifo', 'lowest_tax', 'average'] as const) {
      const result = calculate([lots[0]!, event('sell', '2025-06-02', { quantity: 10, dollars: 300, method }), again])
      expect(openOf(result)).toEqual([{ lot: 'again', shares: 8, basis: 500, held: '2026-02-02' }])
    }
  })

  test('the method that is named is the one that is used: pitfall 27', () => {
    // FIFO has a basis of 100 for ten shares, the average (100 + 400) / 2 = 250.
    const sale = (method: 'fifo' | 'average') => event('sell', '2025-12-01', { quantity: 10, dollars: 300, method })
    expect(gainsOf(calculate([lots[0]!, lots[1]!, sale('fifo')]))[0]).toMatchObject({ basis: 100 })
    expect(gainsOf(calculate([lots[0]!, lots[1]!, sale('average')]))[0]).toMatchObject({ basis: 250 })
  })
})

describe('lots that a person has chosen', () => {
  const sale = (quantity: number, picks: readonly (readonly [string, number])[]) =>
    calculate([...lots, event('sell', '2025-12-01', { quantity, dollars: quantity * 50, method: 'specific', picks })])

  test('are sold in the order chosen, and the rest by the method', () => {
    expect(
      gainsOf(
        sale(18, [
          ['C', 4],
          ['B', 6],
        ]),
      ).map(({ lot, shares, basis }) => [lot, shares, basis]),
    ).toEqual([
      ['C', 4, 80],
      ['B', 6, 240],
      ['A', 8, 80],
    ])
  })

  test('that hold too little are named', () => {
    const result = sale(12, [['C', 12]])
    expect(result.problems).toMatchObject([{ kind: 'lot_not_held', quantity: 2n * 10n ** 18n }])
    expect(gainsOf(result).map(({ lot, shares }) => [lot, shares])).toEqual([
      ['C', 10],
      ['A', 2],
    ])
  })

  test('twice for one sale hold too little together', () => {
    const result = sale(14, [
      ['C', 7],
      ['C', 7],
    ])
    expect(result.problems).toMatchObject([{ kind: 'lot_not_held', quantity: 4n * 10n ** 18n }])
  })

  test('of another account are not held', () => {
    const other = event('buy', '2025-01-02', { id: 'S', accountId: 'spouse', quantity: 10, dollars: 100 })
    const result = calculate([
      ...lots,
      other,
      event('sell', '2025-12-01', { quantity: 5, dollars: 250, method: 'specific', picks: [['S', 5]] }),
    ])
    expect(result.problems).toMatchObject([{ kind: 'lot_not_held', quantity: 5n * 10n ** 18n }])
    expect(gainsOf(result)).toMatchObject([{ lot: 'A', shares: 5 }])
  })
})
