import { negated } from './amounts.ts'
import type { Findings } from './findings.ts'
import type { FileTransaction } from './rows.ts'

/** Why a row cannot cancel another one, by the rules of the ledger; undefined if it can. */
const faultOf = (row: FileTransaction, original: FileTransaction): string | undefined => {
  const { currency = row.currency, line } = original
  if (original.reverses !== undefined) return `names line ${line}, a reversal: it cannot be reversed`
  if (original.isPending || row.isPending) return `names line ${line}: a pending transaction cannot be reversed, and reverses none`
  if (row.type !== original.type || row.amount !== negated(original.amount) || (row.currency ?? currency) !== currency)
    return `names line ${line}, which does not have the opposite amount, the same currency and the same type`
  return row.date < original.date ? `names line ${line}, which has a later date` : undefined
}

/**
 * The rows of one account of our own export without those that cannot cancel the one that they name, and without those with the key of another.
 * A key that no row has is noted: exports of some days can lack it.
 * @param keyField how the file names the field of the key
 */
export const checkReversals = (rows: readonly FileTransaction[], findings: Findings, keyField: string): readonly FileTransaction[] => {
  const byKey = new Map<string, FileTransaction>()
  const reversed = new Map<string, FileTransaction>()
  const refused = new Set<FileTransaction>()
  const refuse = (row: FileTransaction, message: string, field: string) => {
    refused.add(row)
    findings.rejectRow(row.line, message, field)
  }
  for (const row of rows) {
    if (row.key === undefined) continue
    const first = byKey.get(row.key)
    if (first === undefined) byKey.set(row.key, row)
    else refuse(row, `is also the key of line ${first.line}`, keyField)
  }
  for (const row of rows) {
    if (row.reverses === undefined || refused.has(row)) continue
    const original = byKey.get(row.reverses)
    const first = reversed.get(row.reverses)
    if (original === undefined)
      findings.note(`Line ${row.line} reverses a transaction that is not among those of its account in this file: it has no link to it.`)
    else if (first === undefined) {
      const fault = faultOf(row, original)
      if (fault === undefined) reversed.set(row.reverses, row)
      else refuse(row, fault, 'reverses')
    } else refuse(row, `names line ${original.line}, which line ${first.line} reverses already`, 'reverses')
  }
  return refused.size === 0 ? rows : rows.filter(row => !refused.has(row))
}
