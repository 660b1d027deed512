import { cashlessTypes } from '../ledger-terms.ts'
import { needsQuantity } from '../transaction-types.ts'
import { isZero } from './amounts.ts'
import type { Findings } from './findings.ts'
import type { FileTransaction } from './rows.ts'

export interface RowRules {
  /** False for an institution that uses identifiers more than once. */
  readonly idsAreUnique?: boolean | undefined
  /** How the file names the field of the identifier. */
  readonly field: string
}

const cashless: ReadonlySet<string> = new Set(cashlessTypes)

/** Whether a row moves money, or is of a type that needs none. A trade without money is rejected, anything else skipped with a note. */
const movesSomething = (row: FileTransaction, findings: Findings): boolean => {
  if (!isZero(row.amount) || cashless.has(row.type)) return true
  if (needsQuantity(row.type)) findings.rejectRow(row.line, 'must not be zero: units without money are a transfer', 'amount')
  else findings.note(`Line ${row.line} has an amount of zero. It was skipped.`)
  return false
}

/**
 * The rows of one account that can be stored. Rows that have the same identifier and another date or amount are rejected: the identifier shows
 * that one of them is wrong, and not which. Rows that agree are kept, with a note: some institutions repeat an identifier for equal purchases
 * on one day.
 */
export const checkRows = (
  given: readonly FileTransaction[],
  findings: Findings,
  { field, idsAreUnique = true }: RowRules,
): readonly FileTransaction[] => {
  const rows = given.filter(row => movesSomething(row, findings))
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
