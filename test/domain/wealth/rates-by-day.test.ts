import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { dateOfEpochDay, epochDayOf } from '../../../domain/shared/index.ts'
import { exchangeBy, rateAgeDays, ratesByDay } from '../../../domain/wealth/index.ts'

const day = epochDayOf('2026-03-02')
const rates = [
  { base: 'EUR', quote: 'USD', day, rate: 1.1 },
  { base: 'EUR', quote: 'USD', day: day + 20, rate: 1.2 },
  { base: 'USD', quote: 'JPY', day, rate: 150 },
]

describe('rates by day', () => {
  it.each([
    ['the same currency', 'CHF', 'CHF', 0, 1],
    ['directly', 'EUR', 'USD', 0, 1.1],
    ['in the other direction', 'USD', 'EUR', 0, 1 / 1.1],
    ['through the dollar', 'EUR', 'JPY', 0, 165],
    ['a week later', 'EUR', 'USD', 7, 1.1],
    ['too old', 'EUR', 'USD', 8, undefined],
    ['the next one', 'EUR', 'USD', 21, 1.2],
    ['before the first', 'EUR', 'USD', -1, undefined],
    ['an unknown currency', 'EUR', 'CHF', 0, undefined],
  ])('compare %s', (_, from, to, later, expected) => {
    const rate = ratesByDay(rates)(from, to, day + later)
    if (expected === undefined) expect(rate).toBeUndefined()
    else expect(rate).toBeCloseTo(expected, 12)
  })

  it('are those that convert money exactly, to the precision of floating-point numbers', () => {
    const currencies = fc.constantFrom('USD', 'EUR', 'JPY', 'CHF')
    const dated = fc.record({
      base: currencies,
      quote: currencies,
      day: fc.integer({ min: day, max: day + 30 }),
      rate: fc.double({ min: 0.01, max: 200, noNaN: true }),
    })
    fc.assert(
      fc.property(
        fc.uniqueArray(dated, { selector: one => `${one.base}${one.quote}${one.day}`, maxLength: 12 }),
        currencies,
        currencies,
        (all, from, to) => {
          const known = all.filter(({ base, quote }) => base !== quote).toSorted((one, other) => one.day - other.day)
          const asked = day + 15
          // What the database gives for a day: the latest rate of each pair that is not too old.
          const latest = [...Map.groupBy(known, ({ base, quote }) => base + quote).values()].flatMap(
            pair => pair.findLast(one => one.day <= asked && one.day >= asked - rateAgeDays) ?? [],
          )
          const date = dateOfEpochDay(asked)
          const exact = exchangeBy(latest.map(({ base, quote, rate }) => ({ base, quote, date, rate: String(rate) })))(from, to, date)
          const estimate = ratesByDay(known)(from, to, asked)
          if (exact === undefined) expect(estimate).toBeUndefined()
          else expect(estimate! / exact.toNumber()).toBeCloseTo(1, 9)
        },
      ),
    )
  })
})
