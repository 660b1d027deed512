import type { RecordedAnchor, Sealing } from '../../../db/queries/operations/audit-chain.ts'
import { type AnchoredHead, anchorKey, anchorPrefix, anchorText, dayOfAnchor, publicKeyKey } from '../../../domain/operations/index.ts'
import { ObjectExists, type AppendStore } from '../../runtime/object-store.ts'
import {
  type AnchorPlace,
  readOwnAnchor,
  readOwnRecords,
  recordedRestore,
  type StoredRestoreRecord,
  supersededKeys,
} from './own-objects.ts'
import { fingerprintOf } from './signing.ts'

/** The functions of the database that a sealing calls, over a connection or the Data API. */
export interface SealingFunctions {
  seal(): Promise<Sealing>
  recordAnchor(anchor: RecordedAnchor): Promise<unknown>
  recordRestore(restore: ReturnType<typeof recordedRestore>): Promise<unknown>
}

export interface SealingResult {
  readonly sealedRows: number
  /** The newest seal; null while the audit trail has none. */
  readonly sealNumber: number | null
  /** The newest anchor; null while there is none. */
  readonly anchor: string | null
  /** Not all committed rows could be sealed in time. */
  readonly hasMore: boolean
}

/** Seals all committed rows in batches, as long as there is time. */
export const sealRows = async (
  functions: Pick<SealingFunctions, 'seal'>,
  hasTime: () => boolean,
): Promise<Sealing & { readonly sealedRows: number }> => {
  let sealedRows = 0
  for (;;) {
    const sealing = await functions.seal()
    sealedRows += sealing.sealed
    if (!sealing.hasMore || !hasTime()) return { ...sealing, sealedRows }
  }
}

export const putIfMissing = async (store: AppendStore, key: string, bytes: Uint8Array): Promise<void> => {
  await store.putOnce(key, bytes).catch((error: unknown) => {
    if (!(error instanceof ObjectExists)) throw error
  })
}

const notInChain = (what: string, sealNumber: number) => (cause: unknown) => {
  throw new Error(
    `The ${what} names the seal ${sealNumber}, which this database does not have: its newest rows were removed, or it was restored to an earlier time and nobody has declared what that lost (audit declare-loss). Nothing was anchored.`,
    { cause },
  )
}

/**
 * Records anchors of the store that are newer than the newest recorded one, because a run was stopped between the two. Returns the newest anchor.
 */
const recordForgotten = async (
  place: AnchorPlace,
  functions: Pick<SealingFunctions, 'recordAnchor'>,
  newest: Sealing['anchor'],
  { superseded, today }: { readonly superseded: ReadonlySet<string>; readonly today: string },
): Promise<Sealing['anchor']> => {
  const years = newest === null ? [''] : [...new Set([dayOfAnchor(newest.key)!, today].map(day => `${day.slice(0, 4)}/`))]
  const listed = (await Promise.all(years.map(year => place.store.list(`${anchorPrefix}${year}`)))).flat()
  const forgotten = listed
    .map(({ key }) => key)
    .filter(key => dayOfAnchor(key) !== undefined && key > (newest?.key ?? '') && !superseded.has(key))
  let last = newest
  for (const key of forgotten) {
    const anchor = await readOwnAnchor(place, key)
    await functions.recordAnchor(anchor).catch(notInChain(`anchor ${key}`, anchor.sealNumber))
    last = anchor
  }
  return last
}

/** Records the newest record of a restore, if a run was stopped before that, and so checks that it is about this chain. */
const recordRestore = async (
  functions: Pick<SealingFunctions, 'recordRestore'>,
  newest: StoredRestoreRecord | undefined,
): Promise<void> => {
  if (newest !== undefined)
    await functions.recordRestore(recordedRestore(newest)).catch(notInChain(`record ${newest.key}`, newest.head.lastSeal.number))
}

/** Puts the public key of a signer into the store, and returns its fingerprint. */
export const publishKey = async ({ signer, store }: AnchorPlace): Promise<string> => {
  const keyFingerprint = fingerprintOf(signer.publicKey)
  await putIfMissing(store, publicKeyKey(keyFingerprint), Buffer.from(signer.publicKey.export({ type: 'spki', format: 'pem' })))
  return keyFingerprint
}

/**
 * Anchors the head of the chain, once for each day and seal: signs it, puts it into the anchor store, and records it in the database. A run
 * that was stopped at any place is completed by the next one. Returns the key of the newest anchor.
 */
export const anchorHead = async (
  place: AnchorPlace,
  functions: Pick<SealingFunctions, 'recordAnchor' | 'recordRestore'>,
  { anchor, seal }: Pick<Sealing, 'anchor' | 'seal'>,
  now: Date,
): Promise<string | null> => {
  const day = now.toISOString().slice(0, 10)
  const records = await readOwnRecords(place)
  const record = records.at(-1)
  const superseded = supersededKeys(records)
  await recordRestore(functions, record)
  const newest = await recordForgotten(place, functions, anchor, { superseded, today: day })
  if (seal === null) return newest?.key ?? null
  const ownKey = anchorKey(day, seal.number)
  const key = superseded.has(ownKey) ? anchorKey(day, seal.number, record?.head.number) : ownKey
  // A clock that was set back cannot put an anchor before the newest one.
  if (newest !== null && newest.key >= key) return newest.key
  const { signer, store } = place
  const head: AnchoredHead = {
    format: 'nestegg audit anchor 1',
    day,
    sealNumber: seal.number,
    sealHash: seal.hash,
    totalRows: seal.totalRows,
    anchoredAt: now.toISOString(),
    previous: newest && { key: newest.key, sha256: newest.sha256 },
    ...(record && { restore: { key: record.key, sha256: record.sha256 } }),
    keyFingerprint: await publishKey(place),
  }
  const signature = Buffer.from(await signer.sign(anchorText(head))).toString('base64')
  await putIfMissing(store, key, Buffer.from(`${JSON.stringify({ head, signature }, null, 2)}\n`))
  // Another run may have been first: what is recorded is what is stored.
  await functions.recordAnchor(await readOwnAnchor(place, key))
  return key
}

/** Seals all committed rows and anchors the head of the chain. Safe to repeat, and to run twice at the same time. */
export const sealAndAnchor = async (
  place: AnchorPlace,
  functions: SealingFunctions,
  { hasTime, now }: { readonly hasTime: () => boolean; readonly now: Date },
): Promise<SealingResult> => {
  const { hasMore, sealedRows, ...head } = await sealRows(functions, hasTime)
  return { sealedRows, sealNumber: head.seal?.number ?? null, anchor: await anchorHead(place, functions, head, now), hasMore }
}
