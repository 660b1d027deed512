import { createHash, createPublicKey, type KeyObject } from 'node:crypto'
import { listRecordedAnchors, listRecordedRestores, type RecordedAnchor } from '../../../db/queries/operations/audit-chain.ts'
import {
  anchorKey,
  anchorPrefix,
  anchorText,
  type AuditFinding,
  dayOfAnchor,
  numberOfRestoreRecord,
  parseAnchor,
  publicKeyKey,
  type SignedAnchor,
} from '../../../domain/operations/index.ts'
import type { Transaction } from '../../../db/database.ts'
import type { ReadStore } from '../../runtime/object-store.ts'
import { fingerprintOf, isSignedBy } from './signing.ts'
import { type RestoreNote, verifyRestores } from './verify-restores.ts'

/** What an anchor says about the chain. */
export interface AnchoredSeal {
  readonly key: string
  readonly sealNumber: number
  readonly sealHash: string
}

/** What an anchor says that a record of a restore supersedes: the chain must not have it. */
export interface SupersededSeal extends AnchoredSeal {
  /** The key of the record. */
  readonly restore: string
}

export interface AnchorReport {
  readonly anchored: readonly AnchoredSeal[]
  readonly superseded: readonly SupersededSeal[]
  readonly restores: readonly RestoreNote[]
  readonly checked: number
  readonly newest: string | null
  /** The keys that signed them, to be compared with the key in KMS. */
  readonly fingerprints: readonly string[]
}

interface StoredAnchor {
  readonly key: string
  readonly sha256: string
  readonly anchor: SignedAnchor | undefined
}

const atATime = 16

const readAll = async (store: ReadStore, keys: readonly string[]): Promise<StoredAnchor[]> => {
  const read: StoredAnchor[] = []
  for (let at = 0; at < keys.length; at += atATime) {
    const part = keys.slice(at, at + atATime).map(async key => {
      const bytes = await store.get(key)
      return { key, sha256: createHash('sha256').update(bytes).digest('hex'), anchor: parseAnchor(bytes) }
    })
    read.push(...(await Promise.all(part)))
  }
  return read
}

/** The public keys of the fingerprints, from the store. A stored key is one only if it has that fingerprint. */
const readPublicKeys = async (store: ReadStore, fingerprints: Iterable<string>): Promise<ReadonlyMap<string, KeyObject>> => {
  const keys = new Map<string, KeyObject>()
  for (const fingerprint of fingerprints) {
    try {
      const key = createPublicKey(Buffer.from(await store.get(publicKeyKey(fingerprint))))
      if (fingerprintOf(key) === fingerprint) keys.set(fingerprint, key)
    } catch {
      // The anchors of this key are reported: they cannot be verified.
    }
  }
  return keys
}

/** What is wrong with a stored anchor by itself, or undefined. */
const faultOf = (
  { anchor, key, sha256 }: StoredAnchor,
  recorded: RecordedAnchor | undefined,
  publicKeys: ReadonlyMap<string, KeyObject>,
): string | undefined => {
  if (anchor === undefined) return 'It is not an anchor.'
  const { head, signature } = anchor
  const restore = head.restore && numberOfRestoreRecord(head.restore.key)
  if (key !== anchorKey(head.day, head.sealNumber) && key !== anchorKey(head.day, head.sealNumber, restore))
    return 'It is the anchor of another day or seal.'
  const publicKey = publicKeys.get(head.keyFingerprint)
  if (publicKey === undefined) return `It is signed with the key ${head.keyFingerprint}, which is not a key of this platform.`
  if (!isSignedBy(publicKey, anchorText(head), signature)) return 'Its signature does not fit its content.'
  if (recorded !== undefined && recorded.sha256 !== sha256) return 'It is not the object that the database has recorded.'
  return undefined
}

/**
 * Verifies the records of restores, and the anchors of some days: each is the object that was recorded, is signed by a key of the platform, and
 * names the anchor before it. An anchor that a record supersedes, signed by the same key, says nothing about the chain.
 * @param isWanted whether a day is one of them
 */
export const verifyAnchors = async (
  read: <Result>(work: (transaction: Transaction) => Promise<Result>) => Promise<Result>,
  store: ReadStore,
  isWanted: (day: string) => boolean,
  found: (finding: AuditFinding) => void,
): Promise<AnchorReport> => {
  // Recorded ones first: an anchor that is made meanwhile is in the store before it is recorded.
  const recorded = new Map((await read(listRecordedAnchors)).map(anchor => [anchor.key, anchor]))
  const recordedRestores = await read(listRecordedRestores)
  const all = (await store.list(anchorPrefix)).map(({ key }) => key)
  const keys = all.filter(key => dayOfAnchor(key) !== undefined)
  const fingerprints = new Set([...recorded.values(), ...recordedRestores].map(({ keyFingerprint }) => keyFingerprint))
  const publicKeys = await readPublicKeys(store, fingerprints)
  const restores = await verifyRestores(store, all, { recorded: recordedRestores, publicKeys }, found)
  const supersededBy = new Map(
    restores.counting.flatMap(({ head, key: restore }) =>
      head.superseded
        .filter(({ key }) => dayOfAnchor(key) !== undefined)
        .map(({ key, sha256 }) => [key, { restore, sha256, keyFingerprint: head.keyFingerprint }]),
    ),
  )
  const isInRange = (key: string) => isWanted(dayOfAnchor(key) ?? '')
  const present = new Set(keys)
  const missing = new Set([...recorded.keys(), ...supersededBy.keys()].filter(key => isInRange(key) && !present.has(key)))
  const stored = await readAll(store, keys.filter(isInRange))
  const hashes = new Map(stored.map(({ key, sha256 }) => [key, sha256]))
  const anchored: AnchoredSeal[] = restores.counting.map(({ head: { lastSeal }, key }) => ({
    key,
    sealNumber: lastSeal.number,
    sealHash: lastSeal.hash,
  }))
  const superseded: SupersededSeal[] = []
  const changed = new Map<string, string>()
  for (const one of stored) {
    const by = supersededBy.get(one.key)
    const fault =
      faultOf(one, recorded.get(one.key), publicKeys) ??
      (by !== undefined && by.sha256 !== one.sha256 ? `It is not the object that the record ${by.restore} names.` : undefined)
    if (fault !== undefined) {
      changed.set(one.key, fault)
      continue
    }
    const { keyFingerprint, previous, restore, sealHash, sealNumber } = one.anchor!.head
    // Only who has the key of the anchors can take them back.
    if (by?.keyFingerprint === keyFingerprint) superseded.push({ key: one.key, sealNumber, sealHash, restore: by.restore })
    else anchored.push({ key: one.key, sealNumber, sealHash })
    if (restore !== undefined) restores.checkNamed(restore)
    if (previous === null) continue
    if (!present.has(previous.key)) missing.add(previous.key)
    else if (hashes.has(previous.key) && hashes.get(previous.key) !== previous.sha256 && !changed.has(previous.key))
      changed.set(previous.key, `It is not the object that the next anchor names, ${one.key}.`)
  }
  // What the database recorded still says which seals there were.
  for (const key of [...missing, ...changed.keys()]) {
    const record = recorded.get(key)
    if (record !== undefined) anchored.push(record)
  }
  for (const key of missing) found({ kind: 'missing-anchor', anchor: key, detail: `The anchor ${key} is missing in the anchor store.` })
  for (const [key, fault] of changed) found({ kind: 'changed-anchor', anchor: key, detail: `The anchor ${key} was replaced. ${fault}` })
  return {
    anchored,
    superseded,
    restores: restores.notes,
    checked: stored.length,
    newest: keys.findLast(key => !supersededBy.has(key)) ?? null,
    fingerprints: [...fingerprints].toSorted(),
  }
}
