import { log1p } from '../../../numeric/index.ts'
import { compounded } from '../compounded.ts'
import { type Outcome, unknown } from '../outcome.ts'

/** The days of a year. A return of fewer days is not given per year. */
const DAYS_OF_YEAR = 365

/** The yearly return that compounds to a return over a number of days: (1 + return)^(365 / days) - 1. */
export const annualReturn = (total: Outcome, days: number): Outcome => {
  if (total.value === null) return total
  if (days < DAYS_OF_YEAR) return unknown('less_than_a_year')
  if (total.value <= -1) return { value: -1 }
  return compounded((log1p(total.value) * DAYS_OF_YEAR) / days)
}
