import type { LedgerRow } from '../../../db/queries/wealth/ledger-rows.ts'
import { type FileTransaction, findDuplicates, fingerprintOf, type Verdict } from '../../../domain/wealth/index.ts'

/** A row of a file, and what the ledger has of it. */
export interface JudgedRow {
  readonly row: FileTransaction
  readonly verdict: Verdict['kind']
  readonly reason?: string
  /** The transaction of the ledger that it is, or may be. */
  readonly existingId?: string
  readonly fingerprint: string
}

const reasons = {
  identifier: 'has the same id, date and amount',
  content: 'has the same date, amount and description',
  other_identifier: 'has the same date, amount and description under another id',
  similar: 'has the same amount within three days and another description',
} as const

/** Compares the rows of one account of a file with its ledger. */
export const judgeRows = (rows: readonly FileTransaction[], known: readonly LedgerRow[]): JudgedRow[] => {
  const byId = new Map(known.map(row => [row.id, row]))
  const fingerprints = rows.map(fingerprintOf)
  const verdicts = findDuplicates(rows, known, fingerprints)
  return rows.map((row, index) => {
    const verdict = verdicts[index]!
    const fingerprint = fingerprints[index]!
    if (verdict.kind === 'new') return { row, verdict: 'new', fingerprint }
    const { date, description } = byId.get(verdict.storedId)!
    const reason = `“${description}” of ${date} ${reasons[verdict.reason]}`
    return { row, verdict: verdict.kind, reason, existingId: verdict.storedId, fingerprint }
  })
}

/** Gives each row that is stored its place among the equal transactions of the account. */
export const placeRows = (rows: readonly JudgedRow[], known: readonly LedgerRow[]): (JudgedRow & { readonly occurrence: number })[] => {
  const last = new Map<string, number>()
  for (const { fingerprint, occurrence } of known) last.set(fingerprint, Math.max(occurrence, last.get(fingerprint) ?? 0))
  return rows.map(row => {
    const occurrence = (last.get(row.fingerprint) ?? 0) + 1
    last.set(row.fingerprint, occurrence)
    return { ...row, occurrence }
  })
}
