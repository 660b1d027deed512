import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { Decimal, formatMoney, money, nonNegativeMoney } from '../../../../domain/shared/index.ts'

const malformed = ['1.', '.5', '1.234', '+1', '1e3', '12345678901234', '', ' 1', '١', '1,000', 'NaN', '1\n']

test.each([
  ['money', money, ['0', '0.00', '-0.01', '-1234.56', '1234567890123.99', '-1234567890123.99'], ['-0', '-0.0', '-0.00', '-00.00', '--1']],
  ['nonNegativeMoney', nonNegativeMoney, ['0', '0.00', '1234567890123.99'], ['-0.01', '-0', '-1']],
] as const)('%s: what it accepts and what it rejects', (_, schema, good, bad) => {
  expect(good.filter(text => !schema.safeParse(text).success)).toEqual([])
  expect([...malformed, ...bad, 1, null].filter(text => schema.safeParse(text).success)).toEqual([])
})

test('money accepts every written amount of cents', () => {
  const cents = fc.integer({ min: -1_000_000_000, max: 1_000_000_000 })
  fc.assert(
    fc.property(cents, fc.constantFrom('USD', 'JPY'), (amount, currency) => {
      const text = formatMoney(new Decimal(amount).dividedBy(100), currency)
      expect(money.safeParse(text).success).toBe(true)
      expect(nonNegativeMoney.safeParse(text).success).toBe(!text.startsWith('-'))
    }),
  )
})
