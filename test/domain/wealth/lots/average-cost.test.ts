import { describe, expect, test } from 'vitest'
import { calculate, event, gainsOf, openOf } from './histories.ts'

const buy = (date: string, quantity: number, dollars: number) => event('buy', date, { id: date, quantity, dollars })

describe('average cost', () => {
  test('Publication 564 (2009), page 7, "Average Basis": 150 of 300 shares at 16 dollars each', () => {
    const bought = [buy('2006-05-10', 100, 1000), buy('2007-05-10', 100, 1200), buy('2008-05-09', 100, 2600)]
    const gains = gainsOf(calculate([...bought, event('sell', '2009-05-11', { quantity: 150, dollars: 3000, method: 'average' })]))
    expect(gains.reduce((sum, { basis }) => sum + basis!, 0)).toBe(2400)
    expect(gains.map(({ shares, basis }) => basis! / shares)).toEqual([16, 16])
  })

  test('Publication 564 (2009), page 7, table 3: FIFO and the average of all 410 shares', () => {
    const bought = [
      buy('2008-02-06', 160, 4000),
      buy('2008-08-07', 240, 4800),
      event('reinvestment', '2008-12-18', { quantity: 10, dollars: 300 }),
    ]
    const basis = (method: 'fifo' | 'average') =>
      gainsOf(calculate([...bought, event('sell', '2009-10-01', { quantity: 210, dollars: 6720, method })])).reduce(
        (sum, gain) => sum + gain.basis!,
        0,
      )
    expect(basis('fifo')).toBe(5000)
    // 9,100 x 210 / 410
    expect(basis('average')).toBeCloseTo(4660.98, 6)
  })

  test('Publication 564 (2009), page 7, "Holding period": the shares sold are those acquired first', () => {
    const bought = [buy('2008-05-15', 200, 4000), buy('2009-05-14', 200, 6000)]
    const gains = gainsOf(calculate([...bought, event('sell', '2009-11-10', { quantity: 300, dollars: 9000, method: 'average' })]))
    expect(gains).toMatchObject([
      { shares: 200, basis: 5000, term: 'long' },
      { shares: 100, basis: 2500, term: 'short' },
    ])
  })

  test('is figured again with the shares bought since', () => {
    const result = calculate([
      buy('2022-01-03', 10, 100),
      buy('2022-02-01', 10, 300),
      event('sell', '2023-01-09', { id: 'first', quantity: 10, dollars: 500, method: 'average' }),
      buy('2023-06-01', 10, 600),
      event('sell', '2024-01-09', { id: 'second', quantity: 5, dollars: 500, method: 'average' }),
    ])
    // 20 dollars a share; then (10 x 20 + 600) / 20 = 40.
    expect(gainsOf(result).map(({ basis }) => basis)).toEqual([200, 200])
    expect(openOf(result)).toEqual([
      { lot: '2022-02-01', shares: 5, basis: 200, held: '2022-02-01' },
      { lot: '2023-06-01', shares: 10, basis: 400, held: '2023-06-01' },
    ])
  })

  test('leaves out a gift with two bases, 26 CFR 1.1012-1(e)(2), and shares without a basis', () => {
    const gift = { id: 'gift', origin: 'gift', quantity: 10, basisCents: 50_000, valueCents: 40_000, acquiredDay: 18_000 } as const
    const result = calculate([
      buy('2022-01-03', 10, 100),
      buy('2022-02-01', 10, 300),
      event('transfer_in', '2022-03-01', gift),
      event('transfer_in', '2022-03-02', { id: 'unknown', quantity: 10 }),
      event('sell', '2023-01-09', { quantity: 5, dollars: 500, method: 'average' }),
    ])
    expect(openOf(result).map(({ basis }) => basis)).toEqual([100, 200, 500, null])
  })

  test('spreads what a wash sale has added, and loses no cent', () => {
    const result = calculate([
      buy('2022-01-03', 3, 100),
      event('sell', '2023-01-09', { id: 'loss', quantity: 3, dollars: 50, method: 'average' }),
      buy('2023-01-16', 3, 60),
      buy('2023-03-16', 4, 60),
      event('sell', '2024-06-03', { id: 'gain', quantity: 1, dollars: 90, method: 'average' }),
    ])
    // The cost and what was added are rounded each: (60 + 60) / 7 = 17.14 and 50 / 7 = 7.14.
    expect(gainsOf(result).at(-1)).toMatchObject({ shares: 1, basis: 24.28, term: 'long' })
    expect(openOf(result).reduce((sum, { basis }) => sum + basis!, 0)).toBeCloseTo(170 - 24.28, 8)
  })
})
