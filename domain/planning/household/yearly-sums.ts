import type { HouseholdPath } from './path/household-path.ts'
import type { YearFlows } from './path/year-flows.ts'
import { TAX_KINDS, type TaxKind } from './path/taxes.ts'
import { addFlows, FIRST_TAX, FLOW_COUNT, YEARLY_FLOWS, type YearlyFlows } from './yearly-flows.ts'

/** Units of a dollar. Each amount is rounded to whole units, so that their sums are exact, and the same in any order. */
const UNITS = 2 ** 16

/** Numbers near this one are whole: adding it and subtracting it again rounds. */
const ROUNDER = 1.5 * 2 ** 52

/** Paths that are summed in doubles before they are added to the whole sums. */
const BATCH_PATHS = 1024

/** Flows below this number of units, each at most twice what mostOf says, are summed over BATCH_PATHS paths in a double exactly. */
const EXACT_UNITS = 2 ** 53 / BATCH_PATHS / 2

/** Exact sums of the flows of each year, in money of the as-of date. */
export interface YearlySums {
  /** Adds the year of a path. */
  add(path: HouseholdPath): void
  /** The sums in units, at [year * FLOW_COUNT + flow]. Totals are 0. */
  units(): bigint[]
}

export function createYearlySums(years: number): YearlySums {
  const whole = Array.from({ length: years * FLOW_COUNT }, () => 0n)
  const batch = Array.from({ length: years }, () => new Float64Array(FLOW_COUNT))
  let paths = 0
  const empty = (): void => {
    for (const [year, sums] of batch.entries()) addTo(whole, year, sums)
    paths = 0
  }
  return {
    add(path) {
      if (path.year === 0) {
        if (paths === BATCH_PATHS) empty()
        paths++
      }
      const scale = UNITS / path.priceIndex
      if (mostOf(path.flows) * scale < EXACT_UNITS) addFlows(path, batch[path.year]!, scale, ROUNDER)
      else addLarge(path, whole, scale)
    },
    units() {
      empty()
      return whole
    },
  }
}

/** At least half of any flow of a year: what comes in, what is planned, and the tax. */
function mostOf(flows: YearFlows): number {
  const { debtPayment, employerMatch, goalsWanted, income, propertyProceeds, rothConversion, spending, tax, withdrawals } = flows
  return income + propertyProceeds + withdrawals + rothConversion + employerMatch + spending + debtPayment + goalsWanted + tax
}

/** Adds flows too large for sums in doubles. */
function addLarge(path: HouseholdPath, whole: bigint[], scale: number): void {
  const amounts = new Float64Array(FLOW_COUNT)
  addFlows(path, amounts, scale, 0)
  addTo(whole, path.year, amounts.map(Math.round))
}

/** Adds the sums of a year in doubles to the whole ones, and sets them to 0. */
function addTo(whole: bigint[], year: number, sums: Float64Array): void {
  for (const [flow, sum] of sums.entries()) if (sum !== 0) whole[year * FLOW_COUNT + flow]! += BigInt(sum)
  sums.fill(0)
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

/** The mean of each kind of tax over whole lives. */
export function lifetimeMeans(units: readonly bigint[], paths: number): Record<TaxKind, number> {
  const means = TAX_KINDS.map((kind, index) => {
    let total = 0n
    for (let at = FIRST_TAX + index; at < units.length; at += FLOW_COUNT) total += units[at]!
    return [kind, Number(total) / (UNITS * paths)] as const
  })
  return Object.fromEntries(means) as Record<TaxKind, number>
}
