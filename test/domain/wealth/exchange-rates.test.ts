import { expect, test } from 'vitest'
import { exchangeBy } from '../../../domain/wealth/index.ts'

const date = '2026-01-30'
const exchange = exchangeBy([
  { base: 'USD', quote: 'JPY', date, rate: '150' },
  { base: 'GBP', quote: 'EUR', date, rate: '1.25' },
  { base: 'EUR', quote: 'CHF', date, rate: '0.8' },
])

test.each([
  ['a currency in itself', 'CHF', 'CHF', '1'],
  ['a rate as it is given', 'USD', 'JPY', '150'],
  ['the other direction', 'EUR', 'GBP', '0.8'],
  ['through the euro', 'GBP', 'CHF', '1'],
])('%s', (_, from, to, expected) => {
  expect(exchange(from, to, date)?.toString()).toBe(expected)
})

test.each([
  ['no pair joins them', 'JPY', 'CHF', date],
  ['the rate is of another day', 'USD', 'JPY', '2026-01-31'],
])('is unknown if %s', (_, from, to, day) => {
  expect(exchange(from, to, day)).toBeUndefined()
})
