import type { PreparedByIncome, PreparedReduction } from './prepare-state.ts'
import type { IncomePoints } from './tables/states/state-table.ts'

/** The figure at an income, by linear interpolation between points; at a step, the figure of the lower side. */
export function figureAt(points: IncomePoints, income: number): number {
  let last = points.length - 1
  while (last >= 0 && income <= points[last]![0]) last--
  if (last < 0) return points[0]![1]
  const [from, figure] = points[last]!
  if (last + 1 === points.length) return figure
  const [to, next] = points[last + 1]!
  return figure + ((next - figure) * (income - from)) / (to - from)
}

/** The figure of a rule by income, given both measures of income; `otherwise` if there is no such rule. */
export const byIncomeAt = (rule: PreparedByIncome | undefined, federal: number, own: number, otherwise: number): number =>
  rule === undefined ? otherwise : figureAt(rule.points, rule.federal ? federal : own)

/** The amount of a reduction, given both measures of income. */
export const reductionAt = (rule: PreparedReduction | undefined, federal: number, own: number): number =>
  rule === undefined ? 0 : rule.rate * Math.max(0, (rule.federal ? federal : own) - rule.from)
