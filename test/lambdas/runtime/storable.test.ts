import { describe, expect, test } from 'vitest'
import { unstorable } from '../../../lambdas/runtime/storable.ts'

describe('values that cannot be stored', () => {
  test.each([
    ['a NUL', { a: ['x', 'y\0'] }, ['body.a.1']],
    ['a NUL in a name', { 'a\0': 1 }, ['body']],
    ['half a pair', { a: '\ud83d' }, ['body.a']],
    ['several', { a: '\0', b: '\udc00' }, ['body.a', 'body.b']],
    ['33 levels', JSON.parse(`${'['.repeat(34)}${']'.repeat(34)}`), [`body${'.0'.repeat(32)}`]],
  ])('%s', (_, value, paths) => {
    expect(unstorable(value, 'body').map(error => error.path)).toEqual(paths)
  })

  test.each([['\\u0000'], ['😀'], [{ a: [null, true, 1.5, ''] }], [JSON.parse(`${'['.repeat(32)}${']'.repeat(32)}`)], [undefined]])(
    '%j can',
    value => {
      expect(unstorable(value, 'body')).toEqual([])
    },
  )
})
