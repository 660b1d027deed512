import { describe, expect, test } from 'vitest'
import { page, readCursor } from '../../../lambdas/runtime/pagination.ts'

describe('pages', () => {
  const rows = [5, 4, 3].map(number => ({ id: `01990000-0000-7000-8000-00000000000${number}`, number }))
  const present = (row: { number: number }) => row.number

  test('the row too many only tells that more follow', () => {
    const first = page(rows, 2, present)
    expect(first.items).toEqual([5, 4])
    expect(readCursor(first.nextCursor!)).toBe(rows[1]!.id)
    expect(page(rows, 3, present)).toEqual({ items: [5, 4, 3], nextCursor: null })
    expect(page([], 3, present)).toEqual({ items: [], nextCursor: null })
  })

  test.each(['', 'x', Buffer.from('42').toString('base64url'), rows[0]!.id])('%j is no cursor', cursor => {
    expect(() => readCursor(cursor)).toThrow(expect.objectContaining({ status: 400 }))
  })

  test('no cursor is the first page', () => {
    expect(readCursor(undefined)).toBeUndefined()
  })
})
