import { HOUSEHOLD_LIMITS } from '../limits.ts'
import type { HouseholdSpec } from '../spec.ts'
import { assertSuccessRate, findBorder, retiringAsPlanned, successRate } from './search.ts'

export interface SustainableSpending {
  /** Of every expense, in relation to the plan. */
  multiplier: number
  /** All expenses of plan year 0 at that multiplier, in money of the as-of date. */
  annualAmount: number
  success: number
  /** Simulations that were run. */
  evaluations: number
}

const TOLERANCE = 0.0005

/**
 * The highest spending that still succeeds at a wanted rate: all expenses alike, on the same random numbers, to a twentieth of a percent
 * of the plan's expenses, everybody retiring as planned. Null where even no spending fails, where the plan has no expenses, or where none of them is ever too much: a rule
 * that spends a share of the accounts.
 *
 * @throws InvalidSpecError
 */
export function highestSustainableSpending(spec: HouseholdSpec, wanted: number): SustainableSpending | null {
  assertSuccessRate(wanted)
  const largest = Math.max(0, ...spec.expenses.map(expense => expense.annualAmount))
  if (largest === 0) return null
  const planned = retiringAsPlanned(spec)
  const range = { first: 1, most: HOUSEHOLD_LIMITS.money / largest, tolerance: TOLERANCE }
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

/** The same household with every expense at a multiple. */
export function withExpensesTimes(spec: HouseholdSpec, multiplier: number): HouseholdSpec {
  return { ...spec, expenses: spec.expenses.map(expense => ({ ...expense, annualAmount: expense.annualAmount * multiplier })) }
}
