import { createHash } from 'node:crypto'
import type { RecordedAnchor, RecordedRestore } from '../../../db/queries/operations/audit-chain.ts'
import {
  type AnchorObject,
  anchorText,
  countingRecords,
  numberOfRestoreRecord,
  parseAnchor,
  parseRestoreRecord,
  type RestoreRecordHead,
  restoreRecordPrefix,
  restoreRecordText,
} from '../../../domain/operations/index.ts'
import type { AppendStore } from '../../runtime/object-store.ts'
import { type AnchorSigner, isSignedBy } from './signing.ts'

export interface AnchorPlace {
  readonly store: AppendStore
  readonly signer: AnchorSigner
}

/** A record of a restore in the store. */
export type StoredRestoreRecord = AnchorObject & { readonly head: RestoreRecordHead }

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')

const refused = (key: string): Error =>
  new Error(`The anchor store has the object ${key}, which the key of this platform has not signed. Verify the audit trail.`)

/** Reads an anchor. Its signature must be ours. */
export const readOwnAnchor = async ({ signer, store }: AnchorPlace, key: string): Promise<RecordedAnchor> => {
  const bytes = await store.get(key)
  const anchor = parseAnchor(bytes)
  if (anchor === undefined || !isSignedBy(signer.publicKey, anchorText(anchor.head), anchor.signature)) throw refused(key)
  const { keyFingerprint, sealHash, sealNumber } = anchor.head
  return { key, sealNumber, sealHash, sha256: sha256(bytes), keyFingerprint }
}

/** Reads all records of restores, in the order of their numbers. Their signatures must be ours. */
export const readOwnRecords = async ({ signer, store }: AnchorPlace): Promise<readonly StoredRestoreRecord[]> => {
  const records: StoredRestoreRecord[] = []
  for (const { key } of await store.list(restoreRecordPrefix)) {
    const number = numberOfRestoreRecord(key)
    if (number === undefined) continue
    const bytes = await store.get(key)
    const record = parseRestoreRecord(bytes)
    if (record?.head.number !== number || !isSignedBy(signer.publicKey, restoreRecordText(record.head), record.signature))
      throw refused(key)
    records.push({ key, sha256: sha256(bytes), head: record.head })
  }
  return records.toSorted((a, b) => a.head.number - b.head.number)
}

/** The keys of the anchors that some records supersede. */
export const supersededKeys = (records: readonly StoredRestoreRecord[]): ReadonlySet<string> =>
  new Set(countingRecords(records).flatMap(({ head }) => head.superseded.map(({ key }) => key)))

/** A record of a restore, for the database. */
export const recordedRestore = ({
  head,
  sha256: hash,
}: StoredRestoreRecord): RecordedRestore & { readonly reason: string; readonly declaredBy: string } => ({
  number: head.number,
  sealNumber: head.lastSeal.number,
  sealHash: head.lastSeal.hash,
  sha256: hash,
  keyFingerprint: head.keyFingerprint,
  reason: head.reason,
  declaredBy: head.declaredBy,
})
