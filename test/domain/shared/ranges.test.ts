import * as z from 'zod'
import { describe, expect, test } from 'vitest'
import {
  byKind,
  findIssues,
  kindOf,
  listFrom,
  numberAbove,
  numberFrom,
  numberOf,
  numbersFrom,
  textOf,
  unless,
  wholeNumberFrom,
} from '../../../domain/shared/index.ts'

const issueTexts = (schema: z.ZodType, value: unknown): string[] =>
  findIssues(schema, value).map(({ message, path }) => `${path} ${message}`.trim())

describe('a range', () => {
  test.each<[schema: z.ZodType, good: readonly unknown[], bad: readonly unknown[], message: string]>([
    [numberFrom(0, 1), [0, 0.5, 1], [-0.001, 1.001, Number.NaN, Number.POSITIVE_INFINITY, '0.5', null], 'must be a number from 0 to 1'],
    [numberAbove(0, 5), [0.001, 5], [0, -1, 5.001, Number.NaN, '1'], 'must be a number above 0, at most 5'],
    [wholeNumberFrom(1, 5), [1, 5], [0, 6, 1.5, Number.NaN, '3'], 'must be a whole number from 1 to 5'],
    [numberOf([1, 12]), [1, 12], [0, '1', null], 'must be 1 or 12'],
    [textOf(['a', 'b', 'c']), ['a', 'c'], ['d', 1, null], 'must be a, b or c'],
    [listFrom(z.unknown(), 1, 2), [[1], [1, 2]], [[], [1, 2, 3]], 'must have 1 to 2 entries'],
    [listFrom(z.unknown(), 0, 2), [[], [1, 2]], [[1, 2, 3]], 'must have at most 2 entries'],
  ])('%# accepts its values alone, and states the range in one sentence', (schema, good, bad, message) => {
    for (const value of good) expect(issueTexts(schema, value)).toEqual([])
    for (const value of bad) expect(issueTexts(schema, value)).toEqual([message])
  })

  test('of a list reports each number outside, and returns the list itself', () => {
    const schema = numbersFrom(-1, 1)
    const list = [0, 1, -1]
    expect(schema.parse(list)).toBe(list)
    expect(issueTexts(schema, [0, 2, Number.NaN, 'x'])).toEqual([
      '1 must be a number from -1 to 1',
      '2 must be a number from -1 to 1',
      '3 must be a number from -1 to 1',
    ])
    expect(issueTexts(schema, { length: 0 })).toHaveLength(1)
  })

  test('gives a minimum and a maximum in the JSON schema', () => {
    expect(z.toJSONSchema(numberFrom(0, 0.1))).toMatchObject({ type: 'number', minimum: 0, maximum: 0.1 })
    expect(z.toJSONSchema(wholeNumberFrom(0, 120))).toMatchObject({ type: 'integer', minimum: 0, maximum: 120 })
  })
})

test('alternatives are distinguished by their kind', () => {
  const schema = byKind([
    z.strictObject({ kind: kindOf('flat', 'Always the same.'), rate: numberFrom(0, 1) }),
    z.strictObject({ kind: kindOf('none', 'Nothing.') }),
  ])
  expect(issueTexts(schema, { kind: 'flat', rate: 0.5 })).toEqual([])
  expect(issueTexts(schema, { kind: 'steep' })).toEqual(['kind must be flat or none'])
  expect(issueTexts(schema, { kind: 'none', rate: 0.5 })).toEqual(['rate There is no such field'])
})

describe('rules between members', () => {
  const schema = z.object({ from: wholeNumberFrom(0, 9), until: wholeNumberFrom(0, 9), names: z.array(z.string()) })
  const order = ({ from, until }: z.infer<typeof schema>) => unless(from <= until, 'until', `must be at least ${from}`)

  test('are reported together with ranges, so that all issues come at once', () => {
    const issues = findIssues(schema, { from: 12, until: 3, names: [] }, [order])
    expect(issues.map(({ path }) => path)).toEqual(['from', 'until'])
  })

  test('run only on values with members of the right types', () => {
    const count = ({ names }: z.infer<typeof schema>) => unless(names.length === 0, 'names', 'must be empty')
    expect(findIssues(schema, { from: 2, until: 1, names: 3 }, [order, count]).map(({ path }) => path)).toEqual(['names'])
    expect(findIssues(schema, undefined, [order, count])).toHaveLength(1)
  })
})
