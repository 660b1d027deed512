import { expect, test } from 'vitest'
import { calendarDate, currency, timezone } from '../../../lambdas/runtime/schemas.ts'

test.each([
  [timezone, ['UTC', 'America/New_York', 'Etc/GMT+5'], ['', '+05:00', 'Mars', 'America/New York']],
  [currency, ['USD', 'JPY'], ['usd', 'US', 'XXXX', '']],
  [calendarDate, ['2024-02-29', '9999-12-31', '0001-01-01'], ['2026-02-29', '0000-01-01', '2026-1-1', '20260101']],
] as const)('schema %#: what it takes and what it refuses', (schema, good, bad) => {
  expect(good.filter(text => !schema.safeParse(text).success)).toEqual([])
  expect(bad.filter(text => schema.safeParse(text).success)).toEqual([])
})
