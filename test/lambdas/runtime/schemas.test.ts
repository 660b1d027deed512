import * as z from 'zod'
import { expect, test } from 'vitest'
import { routes } from '../../../lambdas/routes.ts'
import { calendarDate, currency, moment, timezone, wholeNumberText } from '../../../lambdas/runtime/schemas.ts'

test.each([
  [timezone, ['UTC', 'America/New_York', 'Etc/GMT+5'], ['', '+05:00', 'Mars', 'America/New York']],
  [currency, ['USD', 'JPY'], ['usd', 'US', 'XXXX', '']],
  [
    calendarDate,
    ['2024-02-29', '2199-12-31', '1800-01-01'],
    ['2026-02-29', '0000-01-01', '1799-12-31', '9999-01-01', '2026-1-1', '20260101'],
  ],
  [moment, ['1800-01-01', '2199-12-31T23:59:59Z'], ['0000-01-01', '1799-12-31T23:59:59Z', '9999-01-01', '2200-01-01T00:00:00Z']],
  [wholeNumberText(z.int()), ['0', '-7', '0010'], ['0x10', '1e1', '1.0', ' 1', '+1', '１', '0b1', '']],
] as const)('schema %#: what it takes and what it refuses', (schema, good, bad) => {
  expect(good.filter(text => !schema.safeParse(text).success)).toEqual([])
  expect(bad.filter(text => schema.safeParse(text).success)).toEqual([])
})

test('a date that is not one has one issue', () => {
  for (const text of ['abc', '2026-1-1', '1799-12-31', '9999-01-01']) expect(calendarDate.safeParse(text).error?.issues).toHaveLength(1)
})

test('a whole number in a path or a query that is written otherwise is refused in these words', () => {
  const refused = wholeNumberText(z.int().min(1)).safeParse('0x10')
  expect(refused.error?.issues.map(({ message }) => message)).toEqual(['must be a whole number in digits'])
  expect(wholeNumberText(z.int()).default(5).parse(undefined)).toBe(5)
})

/** Every schema within a schema, by its place. */
const within = function* (schema: unknown, place: string, seen = new Set<unknown>()): Generator<readonly [string, z.ZodType]> {
  if (seen.has(schema) || typeof schema !== 'object' || schema === null) return
  seen.add(schema)
  if (schema instanceof z.ZodType) yield [place, schema]
  const parts = schema instanceof z.ZodType ? (schema.def as object) : schema
  for (const [name, part] of Object.entries(parts)) yield* within(typeof part === 'function' ? undefined : part, `${place}.${name}`, seen)
}

test('every date of a request is within the years of the calendar', () => {
  const dates = routes.flatMap(route =>
    [...within({ params: route.params, query: route.query, body: route.body }, route.id)].filter(
      ([, schema]) => schema instanceof z.ZodISODate || schema instanceof z.ZodISODateTime,
    ),
  )
  expect(dates.length).toBeGreaterThan(20)
  // The two forms of a moment have their bounds together.
  const unbounded = dates.filter(([, schema]) => schema.safeParse('9999-12-31').success || schema.safeParse('0000-01-01').success)
  expect(unbounded.map(([place]) => place).filter(place => !place.includes('.options.'))).toEqual([])
})
