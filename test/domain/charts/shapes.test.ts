import { expect, test } from 'vitest'
import { dayLine, fanGeometry, heatLevel, stackedBars, tornadoBars } from '../../../domain/charts/index.ts'

const frame = { width: 110, height: 110, left: 10, right: 0, top: 0, bottom: 10 }

test('lines over a fan share its scales, also where they are longer and higher', () => {
  const bands = [
    [0, 10],
    [0, 20],
    [0, 30],
  ]
  const alone = fanGeometry({ bands, firstYear: 2026, percentiles: [0.1, 0.5, 0.9], frame })
  expect(alone.lines).toEqual([])
  const compared = fanGeometry({ bands, firstYear: 2026, percentiles: [0.1, 0.5, 0.9], frame, lines: [[0, 50, 100]] })
  // The line reaches the right edge and the top; the fan ends in the middle of the years.
  expect(compared.lines).toEqual(['M10,100L60,50L110,0'])
  expect(compared.placeOfYear(2027)).toBe(60)
  expect(compared.median).toBe('M10,100L60,80')
  expect(alone.median).toBe('M10,100L110,50')
})

test('a fraction has its step at the borders of a heat map', () => {
  expect([0, 0.49, 0.5, 0.7, 0.8, 0.9, 1].map(heatLevel)).toEqual([0, 0, 1, 2, 3, 4, 4])
})

test('the bars of a tornado share one scale around the middle', () => {
  const { middle, reach, rows } = tornadoBars(
    [
      { low: -0.2, high: 0.1 },
      { low: 0.05, high: 0 },
    ],
    200,
  )
  expect([middle, reach]).toEqual([100, 0.2])
  expect(rows).toEqual([
    { low: { x: 0, width: 100 }, high: { x: 100, width: 50 } },
    { low: { x: 100, width: 25 }, high: { x: 100, width: 0 } },
  ])
})

test('a place in a chart of bars belongs to the bar that is nearest', () => {
  const { nearestStep, placeOfStep } = stackedBars([[1, 2, 3]], { width: 310, height: 100, left: 10, right: 0, top: 0, bottom: 0 })
  expect([0, 1, 2].map(step => nearestStep(placeOfStep(step)))).toEqual([0, 1, 2])
  expect([nearestStep(-5), nearestStep(109), nearestStep(111), nearestStep(999)]).toEqual([0, 0, 1, 2])
})

test('marks on a line of days stand above each other where they would cover each other', () => {
  // 61 days over 120 pixels: 2 pixels for each day, and day 0 in the middle.
  const { levelCount, levels, place } = dayLine([-30, 0, 4, 2, 30], 30, { left: 10, right: 10, width: 140 }, 10)
  expect([place(-30), place(0), place(30)]).toEqual([10, 70, 130])
  expect([levels, levelCount]).toEqual([[0, 0, 1, 2, 0], 3])
})
