import { describe, expect, test } from 'vitest'
import { epochDayOf } from '../../../../domain/shared/index.ts'
import { longTermDayOf } from '../../../../domain/wealth/lots/holding-period.ts'
import { calculate, event, gainsOf } from './histories.ts'

const termOf = (bought: string, sold: string) =>
  gainsOf(calculate([event('buy', bought, { quantity: 10, dollars: 100 }), event('sell', sold, { quantity: 10, dollars: 200 })]))[0]!.term

describe('the holding period: Publication 550, chapter 4, "Holding Period"', () => {
  test.each([
    // It begins on the day after the purchase, and the day of the sale is a part of it: a year and a day is more than a year.
    ['2024-03-05', '2025-03-05', 'short'],
    ['2024-03-05', '2025-03-06', 'long'],
    ['2023-12-31', '2024-12-31', 'short'],
    ['2023-12-31', '2025-01-01', 'long'],
    // The last day of a month, Rev. Rul. 66-7: it begins on the first day of the next one.
    ['2025-01-31', '2026-01-31', 'short'],
    ['2025-01-31', '2026-02-01', 'long'],
    ['2025-04-30', '2026-04-30', 'short'],
    ['2025-04-30', '2026-05-01', 'long'],
    // February: of a year with 28 days, of one with 29, and the last two days of one with 29.
    ['2025-02-28', '2026-02-28', 'short'],
    ['2025-02-28', '2026-03-01', 'long'],
    ['2023-02-28', '2024-02-29', 'short'],
    ['2023-02-28', '2024-03-01', 'long'],
    ['2024-02-28', '2025-02-28', 'short'],
    ['2024-02-28', '2025-03-01', 'long'],
    ['2024-02-29', '2025-02-28', 'short'],
    ['2024-02-29', '2025-03-01', 'long'],
  ])('property of %s sold on %s is held %s', (bought, sold, term) => {
    expect(termOf(bought, sold)).toBe(term)
  })

  test('the first long-term day is that of the first long-term sale, for each day of four years', () => {
    for (let day = epochDayOf('2023-01-01'); day < epochDayOf('2027-01-01'); day += 1) {
      const first = longTermDayOf(day)
      expect(first - day).toBeGreaterThanOrEqual(366)
      expect(first - day).toBeLessThanOrEqual(367)
      expect(longTermDayOf(day + 1)).toBeGreaterThanOrEqual(first)
    }
  })
})
