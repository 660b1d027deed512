import { contributionTable2023 } from './2023.ts'
import { contributionTable2024 } from './2024.ts'
import { contributionTable2025 } from './2025.ts'
import { contributionTable2026 } from './2026.ts'
import type { ContributionTable } from './table.ts'

/** Ascending by year. A new year is a new file of figures and an entry here. */
export const contributionTables: readonly ContributionTable[] = [
  contributionTable2023,
  contributionTable2024,
  contributionTable2025,
  contributionTable2026,
]

/** A year's own limits, or the latest published before it, carried forward by the caller's price index. Throws RangeError before the first. */
export const contributionTableFor = (year: number): ContributionTable => {
  const table = contributionTables.findLast(table => table.year <= year)
  if (table === undefined) {
    throw new RangeError(`there are no contribution limits for ${year}: the first are for ${contributionTables[0]!.year}`)
  }
  return table
}
