import * as z from 'zod'
import { expect, test } from 'vitest'
import { parsePart } from '../../../lambdas/runtime/errors.ts'
import type { Problem } from '../../../lambdas/runtime/problem.ts'

const errorsOf = (schema: z.ZodType, value: unknown): readonly string[] => {
  try {
    parsePart(schema, value, 'body')
  } catch (error) {
    return (error as Problem).errors.map(({ message, path }) => `${path} ${message}`)
  }
  return []
}

const field = (schema: z.ZodType) => z.strictObject({ field: schema })
const shapes = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('circle'), radius: z.number() }),
  z.strictObject({ kind: z.literal('square'), side: z.number() }),
])

test.each<[z.ZodType, unknown, string]>([
  [z.string(), undefined, 'is required'],
  [z.string(), 5, 'must be text'],
  [z.number(), '5', 'must be a number'],
  [z.number(), null, 'must be a number'],
  [z.coerce.number(), 'five', 'must be a number'],
  [z.int(), 1.5, 'must be a whole number'],
  [z.boolean(), 'yes', 'must be true or false'],
  [z.array(z.string()), {}, 'must be a list'],
  [z.strictObject({}), [], 'must be an object'],
  [z.record(z.string(), z.string()), 'x', 'must be an object'],
  [z.number().min(1), 0, 'must be at least 1'],
  [z.number().max(200), 201, 'must be at most 200'],
  [z.number().positive(), 0, 'must be above 0'],
  [z.number().lt(1), 1, 'must be below 1'],
  [z.number().multipleOf(5), 7, 'must be a multiple of 5'],
  [z.string().min(1), '', 'must have at least 1 character'],
  [z.string().max(3), 'four', 'must have at most 3 characters'],
  [z.string().length(3), 'four', 'must have exactly 3 characters'],
  [z.array(z.number()).max(1), [1, 2], 'must have at most 1 item'],
  [z.enum(['a', 'b', 'c']), 'd', 'must be one of a, b, c'],
  [z.enum(['a', 'b', 'c']), undefined, 'is required'],
  [z.literal('a'), 'b', 'must be a'],
  [z.iso.date(), '2026-13-01', 'must be a date like 2026-01-31'],
  [z.iso.datetime(), 'now', 'must be an instant like 2026-01-31T09:30:00Z'],
  [z.iso.time(), 'noon', 'must be a time like 09:30'],
  [z.uuid(), '1', 'must be a UUID'],
  [z.email(), 'nobody', 'must be an email address'],
  [z.string().regex(/^a/), 'b', 'must have the documented form'],
  [z.union([z.string(), z.number()]), true, 'must have one of the documented forms'],
  [z.string().regex(/^a/, 'must begin with an a'), 'b', 'must begin with an a'],
  [z.number().refine(value => value !== 7, { error: 'must not be seven' }), 7, 'must not be seven'],
])('case %#: a field that %s', (schema, value, message) => {
  expect(errorsOf(field(schema), { field: value })).toEqual([`body.field ${message}`])
})

test('the message of an unknown or missing kind names the possible kinds', () => {
  expect(errorsOf(shapes, { kind: 'line' })).toEqual(['body.kind must be one of circle, square'])
  expect(errorsOf(shapes, {})).toEqual(['body.kind must be one of circle, square'])
})

test('an unknown field is named by its own path', () => {
  expect(errorsOf(z.strictObject({}), { surplus: 1 })).toEqual(['body.surplus There is no such field'])
})

test('a name that a dictionary does not accept', () => {
  expect(errorsOf(field(z.record(z.string().regex(/^[a-z]+$/), z.number())), { field: { A1: 1 } })).toEqual([
    'body.field.A1 is not a valid name',
  ])
})
