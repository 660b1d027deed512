import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { cholesky } from '../../../domain/simulation/cholesky.ts'

function product(factor: readonly number[][]): number[][] {
  return factor.map(row => factor.map(other => row.reduce((total, value, k) => total + value * other[k]!, 0)))
}

describe('the Cholesky factor', () => {
  test('is that of a matrix worked out by hand', () => {
    const result = cholesky([
      [1, 0.6, 0],
      [0.6, 1, 0.8],
      [0, 0.8, 1],
    ])
    expect(result).toEqual({
      kind: 'factor',
      factor: [
        [1, 0, 0],
        [0.6, 0.8, 0],
        [0, 1, 0],
      ],
    })
  })

  test('times its transpose gives the matrix, also for more vectors than dimensions', () => {
    const vectors = fc.integer({ min: 1, max: 4 }).chain(dimensions =>
      fc.array(fc.array(fc.double({ min: 0.1, max: 1, noNaN: true }), { minLength: dimensions, maxLength: dimensions }), {
        minLength: 1,
        maxLength: 6,
      }),
    )
    fc.assert(
      fc.property(vectors, rows => {
        const unit = rows.map(row => row.map(value => value / Math.sqrt(row.reduce((total, v) => total + v * v, 0))))
        const gram = product(unit).map((row, i) => row.map((value, j) => (i === j ? 1 : value)))
        const result = cholesky(gram)
        if (result.kind !== 'factor') throw new Error(`rejected a Gram matrix: ${JSON.stringify(gram)}`)
        for (const [i, row] of product(result.factor).entries()) {
          for (const [j, value] of row.entries()) expect(value).toBeCloseTo(gram[i]![j]!, 3)
        }
      }),
    )
  })

  test('exists for vectors so close together that rounding leaves a pivot below zero', () => {
    const gram = [
      [1, 0.9999993085170462, 0.7977060512387311],
      [0.9999993085170462, 1, 0.7984146795877209],
      [0.7977060512387311, 0.7984146795877209, 1],
    ]
    expect(cholesky(gram).kind).toBe('factor')
  })

  test.each([
    [
      'three assets that cannot all move apart',
      [
        [1, -0.9, -0.9],
        [-0.9, 1, -0.9],
        [-0.9, -0.9, 1],
      ],
      2,
    ],
    [
      'twins that disagree about a third',
      [
        [1, 1, 0.5],
        [1, 1, 0.3],
        [0.5, 0.3, 1],
      ],
      2,
    ],
    [
      'a correlation above one',
      [
        [1, 1.5],
        [1.5, 1],
      ],
      1,
    ],
    [
      'NaN',
      [
        [1, Number.NaN],
        [Number.NaN, 1],
      ],
      1,
    ],
  ])('does not exist for %s', (_, matrix, row) => {
    expect(cholesky(matrix)).toEqual({ kind: 'indefinite', row })
  })
})
