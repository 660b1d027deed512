import { taxTable2025 } from './2025.ts'
import { taxTable2026 } from './2026.ts'
import type { TaxTable } from './table.ts'

/** Ascending by year. A new year is a new file of figures and an entry here. */
export const taxTables: readonly TaxTable[] = [taxTable2025, taxTable2026]

export const latestTaxYear = taxTables.at(-1)!.year

/**
 * The figures to start from for a year: its own, or for a later year the latest published ones. The caller's price index moves them
 * forward from `table.year`. Throws RangeError for a year before the first.
 */
export const taxTableFor = (year: number): TaxTable => {
  const table = taxTables.findLast(table => table.year <= year)
  if (table === undefined) throw new RangeError(`there are no tax figures for ${year}: the first are for ${taxTables[0]!.year}`)
  return table
}
