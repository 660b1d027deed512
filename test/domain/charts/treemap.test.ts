import { expect, test } from 'vitest'
import { treemap } from '../../../domain/charts/index.ts'

test('the example of Bruls, Huizing and van Wijk, Squarified Treemaps, section 3.1: 6, 6, 4, 3, 2, 2 and 1 in 6 by 4', () => {
  // A hundred pixels for each unit. 6 and 6 fill the left half. 4 and 3 lie above the rest of 300 by 400: 700 / 3 high, and 4/7 and 3/7 of 300
  // wide. Each of 2, 2 and 1 then takes the whole height of 500 / 3 that is left: a second 2 beside the first would be 83 high and 240 wide.
  expect(treemap([6, 6, 4, 3, 2, 2, 1], 600, 400)).toEqual([
    { x: 0, y: 0, width: 300, height: 200 },
    { x: 0, y: 200, width: 300, height: 200 },
    { x: 300, y: 0, width: 171.4, height: 233.3 },
    { x: 471.4, y: 0, width: 128.6, height: 233.3 },
    { x: 300, y: 233.3, width: 120, height: 166.7 },
    { x: 420, y: 233.3, width: 120, height: 166.7 },
    { x: 540, y: 233.3, width: 60, height: 166.7 },
  ])
})

test('rectangles are in the order of the values, fill the whole, and do not cover each other', () => {
  const values = [3, 50, 0, 12, 7, 120, 1, 33]
  const bars = treemap(values, 360, 240)
  const total = values.reduce((sum, value) => sum + value, 0)
  for (const [index, { height, width }] of bars.entries())
    expect(Math.abs(width * height - (values[index]! / total) * 360 * 240)).toBeLessThan(0.1 * (width + height) + 0.01)
  expect(bars[2]).toEqual({ x: 0, y: 0, width: 0, height: 0 })
  const shown = bars.filter(({ width }) => width > 0)
  for (const one of shown) {
    expect(one.x >= 0 && one.y >= 0 && one.x + one.width <= 360.01 && one.y + one.height <= 240.01).toBe(true)
    for (const other of shown)
      if (one !== other) {
        const across = Math.min(one.x + one.width, other.x + other.width) - Math.max(one.x, other.x)
        const down = Math.min(one.y + one.height, other.y + other.height) - Math.max(one.y, other.y)
        expect(Math.min(across, down)).toBeLessThan(0.05)
      }
  }
})

test('there is no area where there is no value or no room', () => {
  expect(treemap([], 100, 100)).toEqual([])
  expect(treemap([0, 0], 100, 100)).toEqual([
    { x: 0, y: 0, width: 0, height: 0 },
    { x: 0, y: 0, width: 0, height: 0 },
  ])
  expect(treemap([5], 100, 50)).toEqual([{ x: 0, y: 0, width: 100, height: 50 }])
})
