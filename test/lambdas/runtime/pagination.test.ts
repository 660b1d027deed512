import { describe, expect, test } from 'vitest'
import { readCursor, writeCursor } from '../../../lambdas/runtime/pagination.ts'

const key = '01990000-0000-7000-8000-000000000005'
const encoded = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')

describe('cursors', () => {
  test.each([['Grüezi "you"'], [''], [null]])('a place at %j is read from its cursor', value => {
    expect(readCursor(writeCursor('-name', [value, key]), '-name')).toEqual([value, key])
  })

  test('no cursor is the first page', () => {
    expect(readCursor(undefined, '-id')).toBeUndefined()
  })

  test.each([
    ['nothing', ''],
    ['no base64', 'x'],
    ['no JSON', Buffer.from('42 4').toString('base64url')],
    ['a number', encoded(42)],
    ['an object', encoded({ 0: '-id', 1: key, 2: key })],
    ['too little', encoded(['-id', key])],
    ['too much', encoded(['-id', key, key, key])],
    ['a key that is none', encoded(['-id', key, null])],
    ['of another sort', writeCursor('-name', [key, key])],
    ['of the other direction', writeCursor('id', [key, key])],
  ])('%s is rejected', (_, cursor) => {
    expect(() => readCursor(cursor, '-id')).toThrow(
      expect.objectContaining({ status: 400, errors: [expect.objectContaining({ path: 'query.cursor' })] }),
    )
  })
})
