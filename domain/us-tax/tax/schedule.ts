/** Brackets of one filing status, prepared for the hot path: the bracket taxed at `rates[i]` begins at `from[i]`; `taxBelow[i]` is the tax on all income below it. */
export interface Schedule {
  readonly from: Float64Array
  readonly rates: Float64Array
  readonly taxBelow: Float64Array
}

export const prepareSchedule = (from: readonly number[], rates: readonly number[]): Schedule => {
  const taxBelow = new Float64Array(from.length)
  for (let i = 1; i < from.length; i++) taxBelow[i] = taxBelow[i - 1]! + (from[i]! - from[i - 1]!) * rates[i - 1]!
  return { from: Float64Array.from(from), rates: Float64Array.from(rates), taxBelow }
}

/** Index of the bracket of an income in money of the schedule's year; an income on a boundary is in the lower bracket. */
export const bracketOf = (schedule: Schedule, income: number): number => {
  const { from } = schedule
  let bracket = from.length - 1
  while (bracket > 0 && income <= from[bracket]!) bracket--
  return bracket
}

/** Tax on an income of 0 or more, in money of the schedule's year. */
export const scheduleTax = (schedule: Schedule, income: number): number => {
  const bracket = bracketOf(schedule, income)
  return schedule.taxBelow[bracket]! + (income - schedule.from[bracket]!) * schedule.rates[bracket]!
}
