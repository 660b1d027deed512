import { describe, expect, test } from 'vitest'
import { findBorder, MOST_EVALUATIONS } from '../../../../domain/planning/household/solvers/search.ts'

/** A condition that holds up to the given value. */
const upTo = (border: number) => (value: number) => (value <= border ? 1 : 0)

describe('the border of a condition', () => {
  const range = { first: 1, most: 1e15, tolerance: 0.0005 }

  test('is found within the tolerance, on the side where the condition holds', () => {
    const found = findBorder(upTo(12.345), 0.5, true, range)!
    expect(found).toMatchObject({ value: expect.closeTo(12.345, 3), success: 1 })
    expect(found.value).toBeLessThanOrEqual(12.345)
  })

  test.each([0, 0.3, 1, 1.9, 3.1, 12.345, 900, 4e4, 7e6, 2 ** 32 + 1 / 3, 2 ** 47, 9.9e14, 1e16])(
    'is found at %f within a thousandth, with no more than the most evaluations',
    border => {
      for (const first of [1, 1000]) {
        let evaluations = 0
        const rate = (value: number) => {
          evaluations += 1
          return upTo(border)(value)
        }
        const found = findBorder(rate, 0.5, true, { ...range, first })!
        expect(found.evaluations).toBe(evaluations)
        expect(evaluations).toBeLessThanOrEqual(MOST_EVALUATIONS)
        expect(Math.min(border, range.most) - found.value).toBeLessThanOrEqual(Math.max(range.tolerance, border / 1000))
        expect(found.value).toBeLessThanOrEqual(border)
      }
    },
  )

  test('is null where the condition never holds, and the end of the range where it always holds', () => {
    expect(findBorder(upTo(-1), 0.5, true, range)).toBeNull()
    expect(findBorder(upTo(1e16), 0.5, true, range)).toMatchObject({ value: 1e15, success: 1 })
  })
})
