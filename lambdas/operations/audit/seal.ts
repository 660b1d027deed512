import { createHash } from 'node:crypto'
import type { RecordedAnchor, Sealing } from '../../../db/queries/operations/audit-chain.ts'
import {
  type AnchoredHead,
  anchorKey,
  anchorPrefix,
  anchorText,
  dayOfAnchor,
  parseAnchor,
  publicKeyKey,
  type SignedAnchor,
} from '../../../domain/operations/index.ts'
import { ObjectExists, type AppendStore } from '../../runtime/object-store.ts'
import { type AnchorSigner, fingerprintOf, isSignedBy } from './signing.ts'

/** The functions of the database that a sealing calls, over a connection or the Data API. */
export interface SealingFunctions {
  seal(): Promise<Sealing>
  recordAnchor(anchor: RecordedAnchor): Promise<unknown>
}

export interface AnchorPlace {
  readonly store: AppendStore
  readonly signer: AnchorSigner
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

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')

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

const putIfMissing = async (store: AppendStore, key: string, bytes: Uint8Array): Promise<void> => {
  await store.putOnce(key, bytes).catch((error: unknown) => {
    if (!(error instanceof ObjectExists)) throw error
  })
}

const recorded = (key: string, bytes: Uint8Array, { head }: SignedAnchor): RecordedAnchor => ({
  key,
  sealNumber: head.sealNumber,
  sealHash: head.sealHash,
  sha256: sha256(bytes),
  keyFingerprint: head.keyFingerprint,
})

/** Reads an anchor that the database has not recorded, because a run was stopped between the two. Its signature must be ours. */
const readOwn = async ({ signer, store }: AnchorPlace, key: string): Promise<RecordedAnchor> => {
  const bytes = await store.get(key)
  const anchor = parseAnchor(bytes)
  if (anchor === undefined || !isSignedBy(signer.publicKey, anchorText(anchor.head), anchor.signature))
    throw new Error(`The anchor store has the object ${key}, which the key of this platform has not signed. Verify the audit trail.`)
  return recorded(key, bytes, anchor)
}

/** Records anchors of the store that are newer than the newest recorded one. Returns the newest anchor. */
const recordForgotten = async (
  place: AnchorPlace,
  functions: Pick<SealingFunctions, 'recordAnchor'>,
  newest: Sealing['anchor'],
  today: string,
): Promise<Sealing['anchor']> => {
  const years = newest === null ? [''] : [...new Set([dayOfAnchor(newest.key)!, today].map(day => `${day.slice(0, 4)}/`))]
  const listed = (await Promise.all(years.map(year => place.store.list(`${anchorPrefix}${year}`)))).flat()
  const forgotten = listed.map(({ key }) => key).filter(key => dayOfAnchor(key) !== undefined && key > (newest?.key ?? ''))
  let last = newest
  for (const key of forgotten) {
    const anchor = await readOwn(place, key)
    await functions.recordAnchor(anchor).catch((cause: unknown) => {
      throw new Error(
        `The anchor ${key} names the seal ${anchor.sealNumber}, which this database does not have: its newest rows were removed, or it was restored to an earlier time. Nothing was anchored.`,
        { cause },
      )
    })
    last = anchor
  }
  return last
}

/**
 * Anchors the head of the chain, once for each day and seal: signs it, puts it into the anchor store, and records it in the database. A run
 * that was stopped at any place is completed by the next one. Returns the key of the newest anchor.
 */
export const anchorHead = async (
  place: AnchorPlace,
  functions: Pick<SealingFunctions, 'recordAnchor'>,
  { anchor, seal }: Pick<Sealing, 'anchor' | 'seal'>,
  now: Date,
): Promise<string | null> => {
  const day = now.toISOString().slice(0, 10)
  const newest = await recordForgotten(place, functions, anchor, day)
  if (seal === null) return newest?.key ?? null
  const key = anchorKey(day, seal.number)
  // A clock that was set back cannot put an anchor before the newest one.
  if (newest !== null && newest.key >= key) return newest.key
  const { signer, store } = place
  const keyFingerprint = fingerprintOf(signer.publicKey)
  await putIfMissing(store, publicKeyKey(keyFingerprint), Buffer.from(signer.publicKey.export({ type: 'spki', format: 'pem' })))
  const head: AnchoredHead = {
    format: 'nestegg audit anchor 1',
    day,
    sealNumber: seal.number,
    sealHash: seal.hash,
    totalRows: seal.totalRows,
    anchoredAt: now.toISOString(),
    previous: newest && { key: newest.key, sha256: newest.sha256 },
    keyFingerprint,
  }
  const signature = Buffer.from(await signer.sign(anchorText(head))).toString('base64')
  await putIfMissing(store, key, Buffer.from(`${JSON.stringify({ head, signature }, null, 2)}\n`))
  // Another run may have been first: what is recorded is what is stored.
  await functions.recordAnchor(await readOwn(place, key))
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
