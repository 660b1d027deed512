import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { canonicalJson } from '../../../domain/shared/canonical-json.ts'
import { contentHash } from '../../../domain/shared/content-hash.ts'

describe('canonical JSON', () => {
  test('sorts members by UTF-16 code units and writes numbers and strings as RFC 8785 section 3.2 does', () => {
    const value = {
      numbers: [333333333.3333333, 1e30, 4.5, 2e-3, 0.000000000000000000000000001],
      string: '€$\u000f\nA\'B"\\\\"/',
      literals: [null, true, false],
    }
    expect(canonicalJson(value)).toBe(
      '{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}',
    )
    expect(canonicalJson({ '€': 1, '\r': 2, '\ufb33': 3, '1': 4, '😀': 5, '\u0080': 6, ö: 7 })).toBe(
      '{"\\r":2,"1":4,"\u0080":6,"ö":7,"€":1,"😀":5,"\ufb33":3}',
    )
  })

  test('writes minus zero as 0 and leaves undefined members out', () => {
    expect(canonicalJson({ b: -0, a: undefined })).toBe('{"b":0}')
  })

  test.each([
    ['NaN', { a: [1, Number.NaN] }, '$.a[1] is NaN'],
    ['an infinity', Number.POSITIVE_INFINITY, '$ is Infinity'],
    ['undefined', [undefined], '$[0] is not a JSON value'],
    ['a hole', Array.from<number>({ length: 1 }), '$[0] is not a JSON value'],
    ['a bigint', { n: 1n }, '$.n is not a JSON value'],
    ['a function', { f: () => 1 }, '$.f is not a JSON value'],
    ['a date', { d: new Date(0) }, '$.d is not a JSON value'],
    ['a typed array', { t: new Float64Array(1) }, '$.t is not a JSON value'],
    ['a lone surrogate', { s: '\ud800' }, '$.s holds a lone surrogate'],
    ['a lone surrogate in a name', { '\ud800': 1 }, '$ holds a lone surrogate'],
  ])('rejects %s, with its place', (_, value, message) => {
    expect(() => canonicalJson(value)).toThrow(message)
  })

  test('parses to the same value, and is the same text for any order of members', () => {
    fc.assert(
      fc.property(fc.jsonValue(), value => {
        fc.pre(JSON.stringify(value).isWellFormed())
        const text = canonicalJson(value)
        expect(canonicalJson(JSON.parse(text))).toBe(text)
        expect(canonicalJson(reversed(value))).toBe(text)
      }),
    )
  })
})

function reversed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reversed)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .toReversed()
      .map(([key, member]) => [key, reversed(member)]),
  )
}

test('a content hash is the SHA-256 of the canonical text in UTF-8', () => {
  expect(contentHash({})).toBe('44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a')
  expect(contentHash({ b: 1, a: 'é' })).toBe(contentHash({ a: 'é', b: 1 }))
  expect(contentHash({ a: 1 })).not.toBe(contentHash({ a: 2 }))
})
