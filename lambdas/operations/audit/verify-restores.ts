import { createHash, type KeyObject } from 'node:crypto'
import type { RecordedRestore } from '../../../db/queries/operations/audit-chain.ts'
import {
  type AuditFinding,
  countingRecords,
  numberOfRestoreRecord,
  parseRestoreRecord,
  restoreRecordKey,
  restoreRecordText,
  type SignedRestoreRecord,
} from '../../../domain/operations/index.ts'
import type { ReadStore } from '../../runtime/object-store.ts'
import type { StoredRestoreRecord } from './own-objects.ts'
import { isSignedBy } from './signing.ts'

/** What a verification says of a record of a restore. It is no finding. */
export interface RestoreNote {
  readonly key: string
  readonly declaredAt: string
  readonly declaredBy: string
  readonly reason: string
  /** The number of the last seal of the restored chain. */
  readonly lastSeal: number
  readonly supersededAnchors: number
  /** False if a later record supersedes it, because the chain is again that of before this restore. */
  readonly counts: boolean
}

export interface RestoreReport {
  /** The records that count. */
  readonly counting: readonly StoredRestoreRecord[]
  readonly notes: readonly RestoreNote[]
  /** Reports an anchor’s record that is missing or another one. */
  readonly checkNamed: (named: { readonly key: string; readonly sha256: string }) => void
}

interface Stored {
  readonly key: string
  readonly sha256: string
  readonly record: SignedRestoreRecord | undefined
}

/** What is wrong with a stored record by itself, or undefined. */
const faultOf = (
  { key, record, sha256 }: Stored,
  recorded: RecordedRestore | undefined,
  publicKeys: ReadonlyMap<string, KeyObject>,
): string | undefined => {
  if (record === undefined) return 'It is not the record of a restore.'
  const { head, signature } = record
  if (restoreRecordKey(head.number) !== key) return 'It is the record with another number.'
  const publicKey = publicKeys.get(head.keyFingerprint)
  if (publicKey === undefined) return `It is signed with the key ${head.keyFingerprint}, which is not a key of this platform.`
  if (!isSignedBy(publicKey, restoreRecordText(head), signature)) return 'Its signature does not fit its content.'
  if (recorded !== undefined && recorded.sha256 !== sha256) return 'It is not the object that the database has recorded.'
  return undefined
}

const noteOf = ({ head, key }: StoredRestoreRecord, counts: boolean): RestoreNote => ({
  key,
  declaredAt: head.declaredAt,
  declaredBy: head.declaredBy,
  reason: head.reason,
  lastSeal: head.lastSeal.number,
  supersededAnchors: head.superseded.filter(superseded => numberOfRestoreRecord(superseded.key) === undefined).length,
  counts,
})

/**
 * Verifies the records of restores: their numbers have no gap, each is the object that was recorded, is signed by a key of the platform, and is
 * the one that the next record names. A record with a fault does not count.
 * @param keys of all objects in the anchor store
 */
export const verifyRestores = async (
  store: ReadStore,
  keys: readonly string[],
  { publicKeys, recorded }: { readonly recorded: readonly RecordedRestore[]; readonly publicKeys: ReadonlyMap<string, KeyObject> },
  found: (finding: AuditFinding) => void,
): Promise<RestoreReport> => {
  const present = new Map<string, string>()
  const missing = new Set<string>()
  const changed = new Set<string>()
  const miss = (key: string) => {
    if (missing.has(key)) return
    missing.add(key)
    found({ kind: 'missing-restore-record', restore: key, detail: `The record ${key} of a restore is missing in the anchor store.` })
  }
  const change = (key: string, fault: string) => {
    if (changed.has(key)) return
    changed.add(key)
    found({ kind: 'changed-restore-record', restore: key, detail: `The record ${key} of a restore was replaced. ${fault}` })
  }
  const valid: StoredRestoreRecord[] = []
  const ofDatabase = new Map(recorded.map(record => [restoreRecordKey(record.number), record]))
  for (const key of keys.filter(each => numberOfRestoreRecord(each) !== undefined)) {
    const bytes = await store.get(key)
    const stored = { key, sha256: createHash('sha256').update(bytes).digest('hex'), record: parseRestoreRecord(bytes) }
    present.set(key, stored.sha256)
    const fault = faultOf(stored, ofDatabase.get(key), publicKeys)
    if (fault === undefined) valid.push({ key, sha256: stored.sha256, head: stored.record!.head })
    else change(key, fault)
  }
  const checkNamed: RestoreReport['checkNamed'] = named => {
    const sha256 = present.get(named.key)
    if (sha256 === undefined) miss(named.key)
    else if (sha256 !== named.sha256) change(named.key, 'It is not the object that a later object names.')
  }
  for (const key of ofDatabase.keys()) if (!present.has(key)) miss(key)
  const newest = Math.max(0, ...[...present.keys()].map(key => numberOfRestoreRecord(key) ?? 0))
  for (let number = 1; number < newest; number += 1) if (!present.has(restoreRecordKey(number))) miss(restoreRecordKey(number))
  for (const { head } of valid) if (head.previous !== null) checkNamed(head.previous)
  const unchanged = valid.filter(({ key }) => !changed.has(key)).toSorted((a, b) => a.head.number - b.head.number)
  const counting = countingRecords(unchanged)
  return { counting, notes: unchanged.map(record => noteOf(record, counting.includes(record))), checkNamed }
}
