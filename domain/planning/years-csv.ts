import { isHousehold, type RunResult, type Specification } from './engines.ts'
import { FAILURE_CAUSES, type HouseholdResult, YEARLY_FLOWS } from './household/index.ts'
import type { SimulationResult, SimulationSpec } from '../simulation/index.ts'

/** Columns by name, each with a value per plan year. */
type Columns = readonly (readonly [name: string, values: readonly string[]])[]

const snakeCase = (name: string): string => name.replace(/[A-Z]/g, letter => `_${letter.toLowerCase()}`)
const amounts = (values: readonly number[]): string[] => values.map(value => value.toFixed(2))

const householdColumns = ({ depletion, surviving, yearly }: HouseholdResult): Columns => {
  const failed = new Map(depletion.map(row => [row.year, row]))
  const counts = (of: (row: HouseholdResult['depletion'][number]) => number): string[] =>
    surviving.map((_, year) => String(failed.has(year) ? of(failed.get(year)!) : 0))
  return [
    ['surviving_paths', surviving.map(String)],
    ['failed_paths', counts(({ paths }) => paths)],
    ...FAILURE_CAUSES.map(cause => [`failed_by_${snakeCase(cause)}`, counts(({ causes }) => causes[cause])] as const),
    ...Object.entries(YEARLY_FLOWS).flatMap(([group, names]) => {
      const flows: Record<string, number[]> = yearly.real[group as keyof typeof YEARLY_FLOWS]
      return names.map(name => [`${group}_${snakeCase(name)}`, amounts(flows[name]!)] as const)
    }),
  ]
}

const portfolioColumns = ({ accounts = [], nominalFlows, realFlows }: SimulationSpec, { depletion }: SimulationResult): Columns => {
  const net = (flows: readonly number[], of: (account: (typeof accounts)[number]) => readonly number[]): string[] =>
    amounts(flows.map((flow, year) => accounts.reduce((total, account) => total + of(account)[year]!, flow)))
  return [
    ['failed_paths', depletion.map(String)],
    ['planned_real_flow', net(realFlows, account => account.realContributions)],
    ['planned_nominal_flow', net(nominalFlows, account => account.nominalContributions)],
  ]
}

/**
 * The years of a run as CSV, one row per plan year. Of a household: paths alive, failed paths by cause, and mean flows in money of the as-of
 * date. Of a portfolio: failed paths, and the planned net flows (contributions less withdrawals), in money of the as-of date and in money of the
 * year; the two add up.
 *
 * @returns null for the stored result of a household engine that had no means by year
 */
export const yearsCsv = (firstYear: number, specification: Specification, result: RunResult): string | null => {
  const ofHousehold = isHousehold(specification)
  if (ofHousehold && !('yearly' in result)) return null
  const columns = ofHousehold ? householdColumns(result as HouseholdResult) : portfolioColumns(specification, result as SimulationResult)
  const rows = columns[0]![1].map((_, year) => [year, firstYear + year, ...columns.map(([, values]) => values[year]!)].join(','))
  return `${['plan_year', 'calendar_year', ...columns.map(([name]) => name)].join(',')}\n${rows.join('\n')}\n`
}
