import type { HouseholdSpec } from '../spec.ts'
import type { ExpenseStreams } from './expense-streams.ts'
import { ALIVE_STATES, INCOME, type IncomeStreams } from './income-streams.ts'

/** Future income from each year on, including that year, undiscounted, at [alive * years + year]. */
export interface IncomeToCome {
  /** In money of the as-of date. */
  real: Float64Array
  nominal: Float64Array
}

/** @param benefits Social Security in money of the as-of date, at [alive * years + year] */
export function incomeToCome(spec: HouseholdSpec, streams: IncomeStreams, benefits: Float64Array): IncomeToCome {
  const { years } = spec
  const toCome = { real: new Float64Array(ALIVE_STATES * years), nominal: new Float64Array(ALIVE_STATES * years) }
  for (let alive = 0; alive < ALIVE_STATES; alive++) {
    let real = 0
    let nominal = 0
    for (let year = years - 1; year >= 0; year--) {
      const at = alive * years + year
      real += benefits[at]!
      for (let kind = 0; kind < INCOME.count; kind++) {
        real += streams.real[at * INCOME.count + kind]!
        nominal += streams.nominal[at * INCOME.count + kind]!
      }
      toCome.real[at] = real
      toCome.nominal[at] = nominal
    }
  }
  return toCome
}

/** Future planned expenses and debts from each year to the plan's end, including that year: at [year], and after a death at [years + year]. */
export interface ExpensesToCome {
  /** In money of the as-of date. */
  real: Float64Array
  nominal: Float64Array
}

/**
 * @param ageFactors factors of retirement spending, by year
 * @param payments payments of debts, by year
 */
export function expensesToCome(streams: ExpenseStreams, ageFactors: Float64Array, payments: Float64Array, planEnd: number): ExpensesToCome {
  const years = ageFactors.length
  const toCome = { real: new Float64Array(2 * years), nominal: new Float64Array(2 * years) }
  for (const first of [0, years]) {
    let real = 0
    let nominal = 0
    for (let year = planEnd - 1; year >= 0; year--) {
      const at = first + year
      real += (streams.essentialReal[at]! + streams.discretionaryReal[at]!) * ageFactors[year]!
      nominal += (streams.essentialNominal[at]! + streams.discretionaryNominal[at]!) * ageFactors[year]! + payments[year]!
      toCome.real[at] = real
      toCome.nominal[at] = nominal
    }
  }
  return toCome
}
