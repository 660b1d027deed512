import { type CalendarDate, Decimal, formatMoney, type Money, parseDate } from '../shared/index.ts'

interface Goal {
  readonly targetAmount: Money
  readonly currency: string
  readonly targetDate: CalendarDate | null
}

export interface GoalProgress {
  /** As a fraction with four decimals, rounded down, from 0 to 1. */
  readonly progress: number
  /** What is missing. Zero if the goal is reached. */
  readonly remaining: Money
  /** Rounded up to the smallest unit, so that it suffices. Null without a date in the future, and if nothing is missing. */
  readonly neededPerMonth: Money | null
}

/** The months in which can be saved until a date: a month that has begun counts. */
const monthsUntil = (today: CalendarDate, date: CalendarDate): number => {
  const [from, to] = [parseDate(today), parseDate(date)]
  const whole = 12 * (to.year - from.year) + to.month - from.month
  return to.day > from.day ? whole + 1 : whole
}

/** How far a goal is with what is saved. Growth of the savings is left out. */
export const goalProgress = ({ currency, targetAmount, targetDate }: Goal, saved: Money, today: CalendarDate): GoalProgress => {
  const target = new Decimal(targetAmount)
  const missing = Decimal.max(0, target.minus(saved))
  const fraction = Decimal.min(1, Decimal.max(0, new Decimal(saved).dividedBy(target)))
  return {
    progress: fraction.toDecimalPlaces(4, Decimal.ROUND_DOWN).toNumber(),
    remaining: formatMoney(missing, currency),
    neededPerMonth:
      targetDate === null || targetDate <= today || missing.isZero()
        ? null
        : formatMoney(missing.dividedBy(Math.max(1, monthsUntil(today, targetDate))), currency, 'up'),
  }
}
