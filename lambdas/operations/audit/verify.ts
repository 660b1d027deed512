import { countUnsealedRows, listSealsBackwards } from '../../../db/queries/operations/audit-chain.ts'
import { findLastRemoval, findLostRows, findUnknownRows } from '../../../db/queries/operations/audit-rows.ts'
import type { Transaction } from '../../../db/database.ts'
import type { AuditFinding } from '../../../domain/operations/index.ts'
import type { ReadStore } from '../../runtime/object-store.ts'
import { verifyAnchors } from './verify-anchors.ts'
import { verifyChain } from './verify-chain.ts'
import type { RestoreNote } from './verify-restores.ts'
import { rowVerifier } from './verify-rows.ts'

export interface Verification {
  readonly isValid: boolean
  /** False if the time was over before all rows were verified: the newest are verified first. */
  readonly isComplete: boolean
  readonly findings: readonly AuditFinding[]
  /** Findings beyond those that are named. */
  readonly moreFindings: number
  readonly seals: number
  /** The newest seal; null if there is none. */
  readonly head: { readonly number: number; readonly hash: string; readonly totalRows: number } | null
  /** The rows of the range that were verified, and the lowest number of their seals. */
  readonly verifiedRows: number
  readonly verifiedFromSeal: number | null
  readonly unsealedRows: number
  readonly oldestUnsealed: string | null
  readonly anchors: number
  readonly newestAnchor: string | null
  /** Seals after that of the newest anchor. */
  readonly unanchoredSeals: number
  readonly keyFingerprints: readonly string[]
  /** The records of restores that lost audit rows, and how many of the verified anchors they supersede. They are no findings. */
  readonly restores: readonly RestoreNote[]
  readonly supersededAnchors: number
  /** `2026-11`; null without a limit. */
  readonly from: string | null
  readonly to: string | null
}

export interface VerificationRequest {
  /** Runs a reading in a transaction: the same one, or one of its own. */
  readonly read: <Result>(work: (transaction: Transaction) => Promise<Result>) => Promise<Result>
  readonly store: ReadStore
  /** The first and the last month of the rows and anchors to verify. The seals are always verified all. */
  readonly from?: string | undefined
  readonly to?: string | undefined
  readonly hasTime: () => boolean
  readonly onProgress?: (rows: number) => void
  /** So many findings are named. */
  readonly namedFindings: number
}

const unknownRowLimit = 1_000

/** The spaces of time from the first day of each month with seals to the next such month, and what comes before them. */
const spacesOf = (
  months: readonly string[],
): readonly { readonly from: string | null; readonly to: string | null; readonly month: string | null }[] =>
  [null, ...months].map((month, place) => ({ from: month, to: months[place] ?? null, month }))

/**
 * Verifies the audit trail: anchors, seals, and rows. It writes nothing. Rows that are written, sealed, erased or removed meanwhile are no
 * findings.
 */
export const verifyAuditTrail = async (request: VerificationRequest): Promise<Verification> => {
  const { from = null, hasTime, namedFindings, onProgress, read, store, to = null } = request
  const isWanted = (month: string) => (from === null || month >= from) && (to === null || month <= to)
  const findings: AuditFinding[] = []
  let count = 0
  const found = (finding: AuditFinding) => {
    count += 1
    if (findings.length < namedFindings) findings.push(finding)
  }
  // Anchors first: one that is made later names a seal that is then already there.
  const anchors = await verifyAnchors(read, store, day => isWanted(day.slice(0, 7)), found)
  const removal = await read(findLastRemoval)
  const chain = await verifyChain(read, anchors, removal, found)

  let isComplete = true
  let verifiedRows = 0
  let verifiedFromSeal: number | null = null
  const rows = rowVerifier(read, { removal, isConfirmed: chain.isRemovalConfirmed }, found)
  const range = { from: from === null ? null : `${from}-01`, to: to === null ? null : `${to}-01` }
  for (let before = (chain.head?.number ?? 0) + 1; isComplete; ) {
    const upTo = before
    const seals = await read(transaction => listSealsBackwards(transaction, upTo, range))
    if (seals.length === 0) break
    for (const seal of seals) {
      isComplete &&= hasTime()
      if (!isComplete) break
      verifiedRows += await rows.verify(seal)
      verifiedFromSeal = seal.number
      before = seal.number
      onProgress?.(verifiedRows)
    }
  }
  for (const space of spacesOf(chain.months).toReversed()) {
    if (space.month === null ? from !== null : !isWanted(space.month.slice(0, 7))) continue
    isComplete &&= hasTime()
    if (!isComplete) break
    for (const row of await read(transaction => findUnknownRows(transaction, space, unknownRowLimit)))
      found({ kind: 'inserted-row', row, detail: `The row ${row} is in no seal and does not wait for one: it was inserted.` })
  }
  for (const row of await read(transaction => findLostRows(transaction, unknownRowLimit)))
    found({ kind: 'deleted-row', row, detail: `The row ${row} waits for a seal and is missing: it was removed.` })

  const unsealed = await read(countUnsealedRows)
  const lastAnchored = anchors.anchored.reduce((highest, { sealNumber }) => Math.max(highest, sealNumber), 0)
  return {
    isValid: count === 0,
    isComplete,
    findings,
    moreFindings: count - findings.length,
    seals: chain.head?.number ?? 0,
    head: chain.head,
    verifiedRows,
    verifiedFromSeal,
    unsealedRows: unsealed.rows,
    oldestUnsealed: unsealed.oldest,
    anchors: anchors.checked,
    newestAnchor: anchors.newest,
    unanchoredSeals: Math.max(0, (chain.head?.number ?? 0) - lastAnchored),
    keyFingerprints: anchors.fingerprints,
    restores: anchors.restores,
    supersededAnchors: anchors.superseded.length,
    from,
    to,
  }
}
