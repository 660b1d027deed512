import { describe, expect, it } from 'vitest'
import { gauge, stackedAreas } from '../../../domain/charts/index.ts'

const frame = { width: 120, height: 120, left: 10, right: 10, top: 10, bottom: 10 }

describe('stacked areas', () => {
  const { areas, placeOfStep, placeOfValue, total, values } = stackedAreas(
    [
      [40, 60, 60],
      [20, 0, -10],
      [-30, -30, -30],
    ],
    [30, 30, 20],
    frame,
  )

  it('stand on each other above zero, and hang under each other below', () => {
    const at = (step: number, value: number) => `${placeOfStep(step)},${placeOfValue(value)}`
    expect(areas[0]).toBe(`M${at(0, 40)}L${at(1, 60)}L${at(2, 60)}L${at(2, 0)}L${at(1, 0)}L${at(0, 0)}Z`)
    expect(areas[1]).toBe(
      `M${at(0, 60)}L${at(1, 60)}L${at(2, 60)}L${at(2, 60)}L${at(1, 60)}L${at(0, 40)}Z` +
        `M${at(0, 0)}L${at(1, 0)}L${at(2, -10)}L${at(2, 0)}L${at(1, 0)}L${at(0, 0)}Z`,
    )
    expect(areas[2]).toBe(`M${at(0, -30)}L${at(1, -30)}L${at(2, -40)}L${at(2, -10)}L${at(1, 0)}L${at(0, 0)}Z`)
    expect(total).toBe(`M${at(0, 30)}L${at(1, 30)}L${at(2, 20)}`)
  })

  it('fit into the frame with the zero', () => {
    const places = values.map(({ at }) => at)
    expect(Math.min(...places)).toBeGreaterThanOrEqual(10)
    expect(Math.max(...places)).toBeLessThanOrEqual(110)
    expect(values.map(({ value }) => value)).toContain(0)
    expect([placeOfStep(0), placeOfStep(2)]).toEqual([10, 110])
  })

  it('have no shape where they are zero', () => {
    expect(stackedAreas([[0, 0]], [0, 0], frame).areas).toEqual([''])
  })
})

describe('a gauge', () => {
  it('is filled from the left by the fraction', () => {
    const { fill, track } = gauge(1, 50, 10)
    expect(fill).toBe(track)
    // The half of the half circle ends at the top.
    expect(gauge(0.5, 50, 10).fill).toMatch(/^M-50,0A50,50,0,0,1,0,-50L0,-40A40,40,0,0,0,-40,0Z$/)
  })

  it('is never filled by more than the whole or less than nothing', () => {
    expect(gauge(1.2, 50, 10).fill).toBe(gauge(1, 50, 10).fill)
    expect(gauge(-0.2, 50, 10).fill).toBe(gauge(0, 50, 10).fill)
  })
})
