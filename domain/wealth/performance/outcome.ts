import { type CalendarDate, dateOfEpochDay } from '../../shared/index.ts'

/** Why a figure of performance has no value, with the sentence for each. */
export const performanceReasons = {
  no_flows: 'There are no cash flows other than zero.',
  flows_of_one_sign: 'All cash flows have the same sign, so that no rate makes them equal.',
  period_too_short: 'There are too few days between the first and the last cash flow for an annual rate.',
  no_rate_of_return: 'No rate above -100 % solves the equation of the cash flows.',
  rate_out_of_range: 'The only rates that solve the equation of the cash flows are too near to -100 % or too high to have a meaning.',
  no_capital: 'There was no capital in the period.',
  capital_not_positive: 'On this day the capital was zero or negative, and there was a value or a gain.',
  loss_above_capital: 'On this day more was lost than the capital of the day, so that returns cannot be linked.',
  less_than_a_year: 'The period is shorter than 365 days, so that the return is not given per year.',
  too_few_observations: 'There are too few returns for this figure.',
  no_variation: 'The returns do not vary, so that the figure would divide by zero.',
  no_downside: 'No return is below the required return, so that the figure would divide by zero.',
  no_drawdown: 'There was no decline, so that the figure would divide by zero.',
  total_loss: 'Everything was lost, so that the figure has no meaning.',
  not_finite: 'The figure is too large to be represented.',
  no_benchmark: 'There is no benchmark.',
  no_price_of_benchmark: 'The benchmark has no price on the first day of the range.',
  range_outside_history: 'The range does not lie in the days of the history.',
  history_too_short: 'The history is shorter than the range.',
} as const
export type PerformanceReason = keyof typeof performanceReasons

export interface Known {
  readonly value: number
}

export interface Unknown {
  readonly value: null
  readonly reason: PerformanceReason
  /** The day that is concerned, if it is one day. */
  readonly date: CalendarDate | null
}

/** A figure, which is an estimate in floating-point numbers and always finite, or why there is none. */
export type Outcome = Known | Unknown

/** @param day days since 1970-01-01 */
export const unknown = (reason: PerformanceReason, day?: number): Unknown => ({
  value: null,
  reason,
  date: day === undefined ? null : dateOfEpochDay(day),
})

/** A finite number as a figure; `not_finite` for any other. */
export const outcomeOf = (value: number): Outcome => (Number.isFinite(value) ? { value } : unknown('not_finite'))
