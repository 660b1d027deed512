import { arc } from 'd3-shape'

/** Radians from the top to an end of the half circle. */
const quarter = Math.PI / 2

/** The half circle of a gauge, and the part of it that a fraction fills from the left. Both are about the point 0, 0. */
export const gauge = (fraction: number, radius: number, thickness: number): { readonly track: string; readonly fill: string } => {
  const draw = arc<number>()
    .digits(2)
    .innerRadius(radius - thickness)
    .outerRadius(radius)
    .startAngle(-quarter)
    .endAngle(part => -quarter + 2 * quarter * part)
  return { track: draw(1) ?? '', fill: draw(Math.max(0, Math.min(1, fraction))) ?? '' }
}
