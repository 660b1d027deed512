import type { Findings } from './findings.ts'
import type { FileTransaction } from './rows.ts'

/**
 * Rejects rows of one account that have the same identifier and another date or amount: the identifier shows that one of them is wrong, and
 * not which. Rows that agree are kept, with a note: some institutions repeat an identifier for equal purchases on one day.
 * @param idsAreUnique false for an institution that uses identifiers more than once: then nothing is rejected
 */
export const checkIdentifiers = (
  rows: readonly FileTransaction[],
  findings: Findings,
  { idsAreUnique = true, field }: { readonly idsAreUnique?: boolean | undefined; readonly field: string },
): readonly FileTransaction[] => {
  if (!idsAreUnique) return rows
  const byId = new Map<string, FileTransaction>()
  const refused = new Set<FileTransaction>()
  const refuse = (row: FileTransaction, other: FileTransaction) => {
    if (refused.has(row)) return
    refused.add(row)
    findings.rejectRow(row.line, `is also the identifier of line ${other.line}, which has another date or amount`, field)
  }
  for (const row of rows) {
    if (row.externalId === undefined) continue
    const first = byId.get(row.externalId)
    if (first === undefined) byId.set(row.externalId, row)
    else if (first.date === row.date && first.amount === row.amount)
      findings.note(`Lines ${first.line} and ${row.line} have the same identifier, date and amount. Both are kept.`)
    else {
      refuse(first, row)
      refuse(row, first)
    }
  }
  return refused.size === 0 ? rows : rows.filter(row => !refused.has(row))
}
