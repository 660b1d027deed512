import { describe, expect, test } from 'vitest'
import { entityTag, readIfMatch } from '../../../lambdas/runtime/etag.ts'

describe('entity tags', () => {
  test('a version is read from its tag', () => {
    for (const version of [1, 42, 999_999_999]) expect(readIfMatch(entityTag(version))).toBe(version)
    expect(readIfMatch(' "v3" ')).toBe(3)
    expect(readIfMatch('*')).toBeUndefined()
  })

  test.each(['', 'v3', '"3"', 'W/"v3"', '"v3", "v4"', '"v-1"', '"v1.5"', '"v10000000000"', '"V3"'])('%j is refused', value => {
    expect(() => readIfMatch(value)).toThrow(expect.objectContaining({ status: 400 }))
  })

  test('a missing one is refused', () => {
    expect(() => readIfMatch(undefined)).toThrow(expect.objectContaining({ status: 428 }))
  })
})
