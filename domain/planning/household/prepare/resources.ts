import type { HouseholdSpec } from '../spec.ts'
import { ALIVE_STATES, INCOME, type IncomeStreams } from './income-streams.ts'

/** Income but from work that is still to come from each year on, that year included, undiscounted, at [alive * years + year]. */
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
      for (let kind = INCOME.pension; kind < INCOME.count; kind++) {
        real += streams.real[at * INCOME.count + kind]!
        nominal += streams.nominal[at * INCOME.count + kind]!
      }
      toCome.real[at] = real
      toCome.nominal[at] = nominal
    }
  }
  return toCome
}
