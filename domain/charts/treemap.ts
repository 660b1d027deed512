import type { Bar } from './bars.ts'
import { rounded } from './scales.ts'

/** The worst ratio of the sides of areas that stand on each other along a side. */
const worstRatio = (areas: readonly number[], side: number): number => {
  const sum = areas.reduce((total, area) => total + area, 0)
  return Math.max(...areas.map(area => Math.max((side * side * area) / (sum * sum), (sum * sum) / (side * side * area))))
}

/** The rectangle from one corner to another, both at a tenth of a pixel, so that neighbours touch. */
const between = (left: number, top: number, right: number, bottom: number): Bar => {
  const [x, y] = [rounded(left), rounded(top)]
  return { x, y, width: rounded(rounded(right) - x), height: rounded(rounded(bottom) - y) }
}

/**
 * Rectangles whose areas are to each other as the values are, as nearly square as they can be: the squarified layout of Bruls, Huizing and
 * van Wijk, Squarified Treemaps (2000), section 3.
 * @param values at least zero; a value of zero has a rectangle without an area
 * @returns a rectangle for each value, in the order of the values
 */
export const treemap = (values: readonly number[], width: number, height: number): readonly Bar[] => {
  const total = values.reduce((sum, value) => sum + value, 0)
  const bars: Bar[] = values.map(() => ({ x: 0, y: 0, width: 0, height: 0 }))
  if (total <= 0) return bars
  const parts = values
    .map((value, index) => ({ index, area: (value / total) * width * height }))
    .filter(({ area }) => area > 0)
    .toSorted((one, other) => other.area - one.area)
  let [left, top, first] = [0, 0, 0]
  while (first < parts.length) {
    const [wide, high] = [width - left, height - top]
    const side = Math.min(wide, high)
    let end = first + 1
    const areasTo = (last: number) => parts.slice(first, last).map(({ area }) => area)
    while (end < parts.length && worstRatio(areasTo(end + 1), side) <= worstRatio(areasTo(end), side)) end += 1
    const depth = areasTo(end).reduce((sum, area) => sum + area, 0) / side
    let along = 0
    for (const { area, index } of parts.slice(first, end)) {
      const next = along + area / depth
      bars[index] =
        wide >= high ? between(left, top + along, left + depth, top + next) : between(left + along, top, left + next, top + depth)
      along = next
    }
    if (wide >= high) left += depth
    else top += depth
    first = end
  }
  return bars
}
