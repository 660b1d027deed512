import { describe, expect, test } from 'vitest'
import { findBorder } from '../../../../domain/planning/household/solvers/search.ts'

/** A condition that holds up to the given value. */
const upTo = (border: number) => (value: number) => (value <= border ? 1 : 0)

describe('the border of a condition', () => {
  const range = { first: 1, most: 1e15, tolerance: 0.0005 }

  test('is found within the tolerance, on the side where the condition holds', () => {
    const found = findBorder(upTo(12.345), 0.5, true, range)!
    expect(found).toMatchObject({ value: expect.closeTo(12.345, 3), success: 1 })
    expect(found.value).toBeLessThanOrEqual(12.345)
  })

  test('is exact where floating-point numbers are coarser than the tolerance', () => {
    const border = 2 ** 47 + 1 / 3
    expect(findBorder(upTo(border), 0.5, true, range)?.value).toBe(border)
  })

  test('is null where the condition never holds, and the end of the range where it always holds', () => {
    expect(findBorder(upTo(-1), 0.5, true, range)).toBeNull()
    expect(findBorder(upTo(1e16), 0.5, true, range)).toMatchObject({ value: 1e15, success: 1 })
  })
})
