import type { LedgerPlace, LedgerRow } from '../../../db/queries/wealth/ledger-rows.ts'
import { type FileTransaction, findDuplicates, fingerprintOf, type Verdict } from '../../../domain/wealth/index.ts'

/** A row of a file, and what the ledger has of it. */
export interface JudgedRow {
  readonly row: FileTransaction
  readonly verdict: Verdict['kind']
  readonly reason?: string
  /** The transaction of the ledger that it is, or may be. */
  readonly existingId?: string
  readonly fingerprint: string
  /** The transaction of the ledger that it cancels, or `stored` for one that is stored with it. */
  readonly original?: LedgerRow | 'stored'
}

/** A row that is stored, with its place in the account. */
export interface PlacedRow extends JudgedRow, LedgerPlace {
  /** The place of what it cancels. Its own follows from the id of that. */
  readonly reversed?: LedgerPlace
}

const reasons = {
  identifier: 'has the same id, date and amount',
  content: 'has the same date, amount and description',
  other_identifier: 'has the same date, amount and description under another id',
  similar: 'has the same amount within three days and another description',
} as const

const nameOf = ({ date, description }: LedgerRow): string => `“${description}” of ${date}`

const asReversal = (fingerprint: string): string => `reverses ${fingerprint}`

/** Compares the rows of one account of a file with its ledger. A reversal of the ledger is no row of a bank, and equals only one of our own export. */
export const judgeRows = (rows: readonly FileTransaction[], known: readonly LedgerRow[]): JudgedRow[] => {
  const byId = new Map(known.map(row => [row.id, row]))
  const compared = known.map(row => (row.reversesId === null ? row : { ...row, fingerprint: asReversal(fingerprintOf(row)) }))
  const reversals = new Set(compared.flatMap(({ fingerprint, reversesId }) => (reversesId === null ? [] : [fingerprint])))
  const fingerprints = rows.map(fingerprintOf)
  const printOf = (fingerprint: string, index: number): string => {
    const print = asReversal(fingerprint)
    return rows[index]!.reverses !== undefined && reversals.has(print) ? print : fingerprint
  }
  const verdicts = findDuplicates(rows, compared, fingerprints.map(printOf))
  return rows.map((row, index) => {
    const verdict = verdicts[index]!
    const fingerprint = fingerprints[index]!
    if (verdict.kind === 'new') return { row, verdict: 'new', fingerprint }
    const reason = `${nameOf(byId.get(verdict.storedId)!)} ${reasons[verdict.reason]}`
    return { row, verdict: verdict.kind, reason, existingId: verdict.storedId, fingerprint }
  })
}

/** A reversal of which the ledger has the original: it is stored once, and only if the ledger can reverse that. */
const judgeReversal = (judged: JudgedRow, original: LedgerRow): JudgedRow => {
  const { reversedById } = original
  if (reversedById !== null)
    return { ...judged, verdict: 'duplicate', reason: `${nameOf(original)} is reversed already`, existingId: reversedById }
  const { row } = judged
  if (!original.isPending && original.reversesId === null && original.type === row.type && original.date <= row.date)
    return { ...judged, original }
  return { ...judged, verdict: 'doubtful', reason: `${nameOf(original)} cannot be reversed by it` }
}

/** Gives each reversal of our own export what it cancels. @param isStored whether a row becomes a new transaction */
export const linkReversals = (
  rows: readonly JudgedRow[],
  known: readonly LedgerRow[],
  isStored: (row: JudgedRow) => boolean,
): readonly JudgedRow[] => {
  const byKey = new Map(rows.flatMap(judged => (judged.row.key === undefined ? [] : [[judged.row.key, judged] as const])))
  const byId = new Map(known.map(row => [row.id, row]))
  return rows.map(judged => {
    const original = judged.verdict === 'duplicate' ? undefined : byKey.get(judged.row.reverses ?? '')
    if (original === undefined) return judged
    return isStored(original) ? { ...judged, original: 'stored' } : judgeReversal(judged, byId.get(original.existingId!)!)
  })
}

/** Gives each row that is stored its place among the equal transactions of the account. What is cancelled comes before what cancels it. */
export const placeRows = (rows: readonly JudgedRow[], known: readonly LedgerRow[]): PlacedRow[] => {
  const last = new Map<string, number>()
  for (const { fingerprint, occurrence } of known) last.set(fingerprint, Math.max(occurrence, last.get(fingerprint) ?? 0))
  const places = new Map<string, PlacedRow>()
  const own = rows
    .filter(({ original }) => original === undefined)
    .map(row => {
      const occurrence = (last.get(row.fingerprint) ?? 0) + 1
      last.set(row.fingerprint, occurrence)
      const placed = { ...row, occurrence }
      if (row.row.key !== undefined) places.set(row.row.key, placed)
      return placed
    })
  const reversals = rows.flatMap(row => {
    const { original } = row
    if (original === undefined) return []
    const reversed = original === 'stored' ? places.get(row.row.reverses!)! : original
    return [{ ...row, occurrence: 1, reversed }]
  })
  return [...own, ...reversals]
}
