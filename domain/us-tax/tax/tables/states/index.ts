import { stateTables2025 } from './2025.ts'
import { stateTables2026 } from './2026.ts'
import type { StateTable } from './state-table.ts'

const byYear: readonly { year: number; tables: Readonly<Record<string, StateTable>> }[] = [
  { year: 2025, tables: stateTables2025 },
  { year: 2026, tables: stateTables2026 },
]

/** Two-letter codes of the states that have a table. */
export const coveredStates: readonly string[] = Object.keys(byYear.at(-1)!.tables)

/**
 * The figures of a state to start from for a year: the latest that are not from a later year.
 * Throws RangeError if the state has none: the caller offers `coveredStates`, or its own table.
 */
export const stateTableFor = (state: string, year: number): StateTable => {
  const tables = byYear.findLast(entry => entry.year <= year)?.tables
  if (tables === undefined || !Object.hasOwn(tables, state)) throw new RangeError(`there are no income tax figures for ${state} in ${year}`)
  return tables[state]!
}
