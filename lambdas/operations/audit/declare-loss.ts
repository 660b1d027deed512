import { createHash } from 'node:crypto'
import type { RecordedAnchor, Sealing } from '../../../db/queries/operations/audit-chain.ts'
import {
  type AnchorObject,
  anchorPrefix,
  dayOfAnchor,
  restoreRecordKey,
  type RestoreRecordHead,
  restoreRecordText,
} from '../../../domain/operations/index.ts'
import { counted } from '../../runtime/counted.ts'
import { type AnchorPlace, readOwnAnchor, readOwnRecords, recordedRestore, type StoredRestoreRecord } from './own-objects.ts'
import { anchorHead, publishKey, sealRows, type SealingFunctions } from './seal.ts'

/** The functions of the database that a declaration calls, over a connection or the Data API. */
export interface DeclaringFunctions extends SealingFunctions {
  /** Which of some anchors in the store the database has not recorded. */
  findUnrecordedAnchors(keys: readonly string[]): Promise<readonly string[]>
  /** Some seals, without those that the chain does not have. */
  findSeals(numbers: readonly number[]): Promise<readonly { readonly number: number; readonly hash: string }[]>
}

/** What an operator says of a restore that lost audit rows. */
export interface Declaration {
  readonly declaredBy: string
  readonly reason: string
}

export interface DeclaredLoss {
  /** The record that was made; null if there was nothing to declare. */
  readonly record: string | null
  readonly supersededAnchors: number
  /** The newest anchor now. */
  readonly anchor: string | null
}

const batchSize = 1_000

/** A database function answers about so many at once. */
const inBatches = async <Item, Found>(items: readonly Item[], find: (batch: readonly Item[]) => Promise<readonly Found[]>) => {
  const found: Found[] = []
  for (let at = 0; at < items.length; at += batchSize) found.push(...(await find(items.slice(at, at + batchSize))))
  return found
}

type AnchoredSeal = Pick<RecordedAnchor, 'sealHash' | 'sealNumber'>

/** Answers whether the chain has what objects name. */
const chainOf = async (functions: DeclaringFunctions, anchored: readonly AnchoredSeal[]): Promise<(seal: AnchoredSeal) => boolean> => {
  const numbers = [...new Set(anchored.map(({ sealNumber }) => sealNumber))]
  const seals = new Map((await inBatches(numbers, batch => functions.findSeals(batch))).map(({ hash, number }) => [number, hash]))
  return ({ sealHash, sealNumber }) => seals.get(sealNumber) === sealHash
}

const namesObject = ({ head }: StoredRestoreRecord, { key, sha256 }: AnchorObject): boolean =>
  head.superseded.some(each => each.key === key && each.sha256 === sha256)

/**
 * The records that go on counting, and those that are of another chain than this one: it does not have their last seal, or has an anchor that
 * they supersede. The newest decide first: see `countingRecords`.
 */
const divideRecords = async (functions: DeclaringFunctions, records: readonly StoredRestoreRecord[]) => {
  const lastSeals = new Map(
    records.map(record => [record, { sealNumber: record.head.lastSeal.number, sealHash: record.head.lastSeal.hash }]),
  )
  const hasSeal = await chainOf(functions, [...lastSeals.values()])
  const named = [...new Set(records.flatMap(({ head }) => head.superseded.map(({ key }) => key)))]
  const unrecorded = new Set(await inBatches(named, batch => functions.findUnrecordedAnchors(batch)))
  const counting: StoredRestoreRecord[] = []
  const superseded: StoredRestoreRecord[] = []
  for (const record of records.toReversed()) {
    if (counting.some(later => namesObject(later, record))) continue
    const isOfChain = hasSeal(lastSeals.get(record)!) && record.head.superseded.every(({ key }) => unrecorded.has(key))
    const list = isOfChain ? counting : superseded
    list.push(record)
  }
  return { counting, superseded }
}

/** The anchors in the store that neither this database has recorded nor a record supersedes. */
const readUnrecorded = async (place: AnchorPlace, functions: DeclaringFunctions, counting: readonly StoredRestoreRecord[]) => {
  const covered = new Set(counting.flatMap(({ head }) => head.superseded.map(({ key }) => key)))
  const keys = (await place.store.list(anchorPrefix))
    .map(({ key }) => key)
    .filter(key => dayOfAnchor(key) !== undefined && !covered.has(key))
  const anchors: RecordedAnchor[] = []
  for (const key of await inBatches(keys, batch => functions.findUnrecordedAnchors(batch))) anchors.push(await readOwnAnchor(place, key))
  return anchors.toSorted((a, b) => (a.key < b.key ? -1 : 1))
}

const asObject = ({ key, sha256 }: AnchorObject): AnchorObject => ({ key, sha256 })

/** Makes the record of what is not of this chain. Returns the number of superseded anchors, 0 if there is nothing to declare. */
const makeRecord = async (
  place: AnchorPlace,
  functions: DeclaringFunctions,
  { anchor, seal }: Pick<Sealing, 'anchor' | 'seal'>,
  { declaredBy, now, reason }: Declaration & { readonly now: Date },
): Promise<{ readonly record: string | null; readonly supersededAnchors: number; readonly newest: Sealing['anchor'] }> => {
  const records = await readOwnRecords(place)
  const { counting, superseded } = await divideRecords(functions, records)
  const unrecorded = await readUnrecorded(place, functions, counting)
  const isOfChain = await chainOf(functions, unrecorded)
  let newest = anchor
  for (const forgotten of unrecorded.filter(isOfChain)) {
    await functions.recordAnchor(forgotten)
    if (newest === null || forgotten.key > newest.key) newest = forgotten
  }
  const ahead = unrecorded.filter(each => !isOfChain(each))
  if (ahead.length + superseded.length === 0) return { record: null, supersededAnchors: 0, newest }
  if (seal === null) throw new Error('The audit trail has no seal, so there is no restored chain to go on with.')
  const last = records.at(-1)
  const head: RestoreRecordHead = {
    format: 'nestegg restore record 1',
    number: (last?.head.number ?? 0) + 1,
    declaredAt: now.toISOString(),
    declaredBy,
    reason,
    lastSeal: { number: seal.number, hash: seal.hash },
    newestAnchor: newest && asObject(newest),
    superseded: [...ahead, ...superseded].map(asObject),
    previous: last === undefined ? null : asObject(last),
    keyFingerprint: await publishKey(place),
  }
  const signature = Buffer.from(await place.signer.sign(restoreRecordText(head))).toString('base64')
  const bytes = Buffer.from(`${JSON.stringify({ head, signature }, null, 2)}\n`)
  const key = restoreRecordKey(head.number)
  await place.store.putOnce(key, bytes)
  await functions.recordRestore(recordedRestore({ key, head, sha256: createHash('sha256').update(bytes).digest('hex') }))
  return { record: key, supersededAnchors: ahead.length, newest }
}

/**
 * Declares that a restore has lost what the anchors ahead of the chain name: seals the waiting rows, puts a signed record beside the anchors,
 * records it in the database, and anchors the chain again. If no anchor is ahead, it makes no record. Safe to repeat.
 * @throws ObjectExists if another declaration was made at the same time; Error if an anchor is not signed by the key of this platform
 */
export const declareLoss = async (
  place: AnchorPlace,
  functions: DeclaringFunctions,
  declaration: Declaration & { readonly now: Date },
): Promise<DeclaredLoss> => {
  const { anchor, seal } = await sealRows(functions, () => true)
  const { newest, ...declared } = await makeRecord(place, functions, { anchor, seal }, declaration)
  return { ...declared, anchor: await anchorHead(place, functions, { anchor: newest, seal }, declaration.now) }
}

export const describeDeclared = ({ anchor, record, supersededAnchors }: DeclaredLoss): string =>
  record === null
    ? `No anchor is ahead of the audit trail: there is nothing to declare. The newest anchor is ${anchor ?? 'none'}.\n`
    : `Signed ${record}, which supersedes ${counted(supersededAnchors, 'anchor')}. The newest anchor is ${anchor ?? 'none'}.\n`
