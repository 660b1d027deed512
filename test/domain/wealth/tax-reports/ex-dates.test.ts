import { expect, test } from 'vitest'
import { exDateFinder } from '../../../../domain/wealth/index.ts'

const find = exDateFinder([
  { symbol: 'XYZ', exDate: '2025-03-03', payDate: '2025-03-17' },
  { symbol: 'XYZ', exDate: '2025-03-10', payDate: '2025-03-20' },
  { symbol: 'ABC', exDate: '2025-03-03', payDate: null },
  { symbol: 'ABC', exDate: '2025-04-01', payDate: null },
])

test.each([
  ['of the payment on the same day', 'XYZ', '2025-03-17', '2025-03-03'],
  ['of the nearest payment', 'XYZ', '2025-03-19', '2025-03-10'],
  ['none if no payment is near', 'XYZ', '2025-03-26', undefined],
  ['without a day of payment, the latest before it', 'ABC', '2025-04-20', '2025-04-01'],
  ['none before the first', 'ABC', '2025-03-02', undefined],
  ['none more than 60 days before it', 'ABC', '2025-06-01', undefined],
  ['none of another security', 'OTHER', '2025-03-17', undefined],
  ['none without a symbol', null, '2025-03-17', undefined],
] as const)('the ex-dividend date is %s', (_, symbol, date, expected) => {
  expect(find({ date, symbol })).toBe(expected)
})
