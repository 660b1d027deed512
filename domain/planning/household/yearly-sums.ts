import type { HouseholdPath } from './path/household-path.ts'
import { FLOW_COUNT, writeFlows, YEARLY_FLOWS, type YearlyFlows } from './yearly-flows.ts'

/** Units of a dollar. Each amount is rounded to whole units, so that their sums are exact, and the same in any order. */
const UNITS = 2 ** 16

/** Paths that are summed in doubles before they are added to the whole sums. */
const BATCH_PATHS = 1024

/** Amounts below this number of units can be summed over BATCH_PATHS paths in a double, exactly. */
const EXACT_UNITS = 2 ** 53 / BATCH_PATHS

/** Exact sums of the flows of each year, in money of the as-of date. */
export interface YearlySums {
  /** Adds the year of a path. */
  add(path: HouseholdPath): void
  /** The sums in units, at [year * FLOW_COUNT + flow]. Totals are 0. */
  units(): bigint[]
}

export function createYearlySums(years: number): YearlySums {
  const whole = Array.from({ length: years * FLOW_COUNT }, () => 0n)
  const batch = new Float64Array(years * FLOW_COUNT)
  const amounts = new Float64Array(FLOW_COUNT)
  let paths = 0
  const empty = (): void => {
    for (let at = 0; at < batch.length; at++) if (batch[at] !== 0) whole[at]! += BigInt(batch[at]!)
    batch.fill(0)
    paths = 0
  }
  return {
    add(path) {
      if (path.year === 0) {
        if (paths === BATCH_PATHS) empty()
        paths++
      }
      writeFlows(path, amounts)
      const scale = UNITS / path.priceIndex
      const first = path.year * FLOW_COUNT
      for (let flow = 0; flow < FLOW_COUNT; flow++) {
        const units = Math.round(amounts[flow]! * scale)
        if (Math.abs(units) < EXACT_UNITS) batch[first + flow]! += units
        else whole[first + flow]! += BigInt(units)
      }
    },
    units() {
      empty()
      return whole
    },
  }
}

/** Adds the sums of other paths. An empty list is no sum yet. */
export const addUnits = (sums: readonly bigint[], others: readonly bigint[]): bigint[] =>
  sums.length === 0 ? [...others] : sums.map((sum, at) => sum + others[at]!)

/** The mean of each flow across the paths that survive to each year. */
export function yearlyMeans(units: readonly bigint[], surviving: readonly number[]): YearlyFlows {
  let flow = 0
  const groups = Object.entries(YEARLY_FLOWS).map(([group, names]) => {
    const first = flow
    flow += names.length
    const sumOf = (year: number, name: string, index: number): bigint => {
      const at = year * FLOW_COUNT + first
      return name === 'total' ? units.slice(at, at + index).reduce((total, part) => total + part) : units[at + index]!
    }
    const means = names.map((name, index) => [name, surviving.map((paths, year) => Number(sumOf(year, name, index)) / (UNITS * paths))])
    return [group, Object.fromEntries(means)]
  })
  return Object.fromEntries(groups) as YearlyFlows
}
