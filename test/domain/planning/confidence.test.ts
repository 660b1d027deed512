import { expect, test } from 'vitest'
import { normalQuantile, successInterval } from '../../../domain/planning/index.ts'

// Source: Abramowitz and Stegun, table 26.5 and the tables after it.
test.each([
  [0.5, 0],
  [0.75, 0.6744897501960817],
  [0.9, 1.2815515655446004],
  [0.95, 1.6448536269514722],
  [0.975, 1.9599639845400545],
  [0.995, 2.5758293035489004],
])('the normal quantile of %f is %f', (probability, quantile) => expect(normalQuantile(probability)).toBeCloseTo(quantile, 10))

test('a higher level of confidence widens the interval around the same share', () => {
  const [narrow, wide] = [successInterval(8500, 10_000, 0.8), successInterval(8500, 10_000, 0.99)]
  expect(narrow.level).toBe(0.8)
  expect(wide.lower).toBeLessThan(narrow.lower)
  expect(wide.upper).toBeGreaterThan(narrow.upper)
  // (0.85 + z²/2n ± z·sqrt(0.85·0.15/n + z²/4n²)) / (1 + z²/n), z = 1.959964
  expect(successInterval(85, 100, 0.95)).toEqual({ level: 0.95, lower: expect.closeTo(0.76717, 4), upper: expect.closeTo(0.90694, 4) })
})
