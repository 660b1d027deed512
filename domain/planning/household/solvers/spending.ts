import { HOUSEHOLD_LIMITS } from '../limits.ts'
import type { HouseholdSpec } from '../spec.ts'
import { assertSuccessRate, findBorder, retiringAsPlanned, type SearchRange, successRate } from './search.ts'

export interface SustainableSpending {
  /** Factor of every planned expense. */
  multiplier: number
  /** All expenses of plan year 0 at that multiplier, in money of the as-of date. */
  annualAmount: number
  success: number
  /** Simulations that were run. */
  evaluations: number
}

const TOLERANCE = 0.0005

const largestExpense = (spec: HouseholdSpec): number => Math.max(0, ...spec.expenses.map(expense => expense.annualAmount))

/** The multiples of the planned expenses that are searched. */
const spendingRange = (spec: HouseholdSpec): SearchRange => {
  const largest = largestExpense(spec)
  return { first: 1, most: largest === 0 ? 0 : HOUSEHOLD_LIMITS.money / largest, tolerance: TOLERANCE }
}

/**
 * The highest spending that still reaches the wanted success rate. All expenses are multiplied by one factor, exact to a twentieth of a
 * percent of the plan's expenses, or a thousandth of itself if that is more, on the same random numbers; everybody retires as planned. Null where the plan fails even without spending,
 * where it has no expenses, or where no spending is too high because a rule spends a share of the accounts.
 *
 * @throws InvalidSpecError
 */
export function highestSustainableSpending(spec: HouseholdSpec, wanted: number): SustainableSpending | null {
  assertSuccessRate(wanted)
  if (largestExpense(spec) === 0) return null
  const planned = retiringAsPlanned(spec)
  const range = spendingRange(spec)
  const found = findBorder(multiplier => successRate(withExpensesTimes(planned, multiplier)), wanted, true, range)
  if (found === null || found.value >= range.most) return null
  const first = spec.expenses.filter(expense => expense.startYear === 0 && expense.endYear !== 0)
  return {
    multiplier: found.value,
    annualAmount: found.value * first.reduce((total, expense) => total + expense.annualAmount, 0),
    success: found.success,
    evaluations: found.evaluations,
  }
}

/** The same household with every expense multiplied by a factor. */
export function withExpensesTimes(spec: HouseholdSpec, multiplier: number): HouseholdSpec {
  return { ...spec, expenses: spec.expenses.map(expense => ({ ...expense, annualAmount: expense.annualAmount * multiplier })) }
}
