import { createHash, createHmac, hkdfSync, timingSafeEqual } from 'node:crypto'
import * as z from 'zod'
import { backupReasons } from '../../../db/schema/operations/backups.ts'
import type { KeepingStore } from '../../runtime/object-store.ts'

const count = z.int().min(0)
const sha256 = z.string().regex(/^[0-9a-f]{64}$/)
const measure = z.strictObject({ sizeBytes: count, sha256 })

const relation = z.strictObject({
  /** Of the table, as SQL writes it: `planning.plans`. */
  name: z.string(),
  columns: z.array(z.string()),
  partition: z.strictObject({ of: z.string(), bound: z.string(), checks: z.array(z.string()), triggers: z.array(z.string()) }).nullable(),
  rows: count,
  /** The rows in the binary format of COPY. */
  content: measure,
  /** The same, compressed and encrypted. */
  object: measure,
})

/** What a backup consists of. It is stored last: a backup without a manifest does not exist. */
export const manifestForm = z.strictObject({
  format: z.literal(1),
  id: z.uuid(),
  environment: z.string(),
  reason: z.enum(backupReasons),
  /** The moment that the backup shows. */
  snapshotAt: z.iso.datetime({ offset: true }),
  durationMs: count,
  serverVersion: z.string(),
  migrations: z.array(z.strictObject({ tag: z.string(), hash: sha256 })),
  relations: z.array(relation),
  sequences: z.array(z.strictObject({ name: z.string(), lastValue: z.string(), isCalled: z.boolean() })),
  /** Tables without rows in the backup, with the reason. */
  leftOut: z.record(z.string(), z.string()),
  rows: count,
  contentBytes: count,
  sizeBytes: count,
})
export type Manifest = z.infer<typeof manifestForm>

/** A backup is not what its manifest says, or has none. */
export class BackupRefused extends Error {
  override readonly name = 'BackupRefused'
}

export const folderOf = (backupId: string): string => `backups/${backupId}/`
export const manifestKey = (backupId: string): string => `${folderOf(backupId)}manifest.json`
/** The object with the rows of a table. */
export const rowsKey = (backupId: string, relationName: string): string => `${folderOf(backupId)}${relationName.replaceAll('"', '')}.rows`

const signatureOf = (dataKey: Uint8Array, text: string): Buffer =>
  createHmac('sha256', new Uint8Array(hkdfSync('sha256', dataKey, Buffer.alloc(0), 'manifest', 32)))
    .update(text)
    .digest()

const signed = z.strictObject({ manifest: z.string(), signature: z.string() })

/**
 * Signs and stores a manifest. Only who can read the key of the backup can sign.
 * @returns its SHA-256
 */
export const storeManifest = async (store: KeepingStore, dataKey: Uint8Array, manifest: Manifest): Promise<string> => {
  const text = JSON.stringify(manifest)
  const bytes = Buffer.from(JSON.stringify({ manifest: text, signature: signatureOf(dataKey, text).toString('hex') }))
  await store.putOnce(manifestKey(manifest.id), bytes)
  return createHash('sha256').update(bytes).digest('hex')
}

const parse = (bytes: Uint8Array): z.infer<typeof signed> => {
  try {
    return signed.parse(JSON.parse(Buffer.from(bytes).toString()))
  } catch {
    throw new BackupRefused('The manifest is not readable.')
  }
}

const parseManifest = (text: string): Manifest => {
  const parsed = manifestForm.safeParse(JSON.parse(text))
  if (!parsed.success) throw new BackupRefused(`The manifest has another form than this code knows.\n${z.prettifyError(parsed.error)}`)
  return parsed.data
}

/** Reads a manifest without its key, for a list: nothing proves that it is genuine. */
export const readUnverified = async (store: KeepingStore, backupId: string): Promise<Manifest> =>
  parseManifest(parse(await store.get(manifestKey(backupId))).manifest)

/**
 * Reads a manifest, and checks its signature and that the store has exactly its objects, in their sizes.
 * @throws BackupRefused that names what is changed, missing or too much
 */
export const readManifest = async (store: KeepingStore, dataKey: Uint8Array, backupId: string): Promise<Manifest> => {
  const stored = await store.list(folderOf(backupId))
  if (!stored.some(({ key }) => key === manifestKey(backupId)))
    throw new BackupRefused(`The backup ${backupId} has no manifest: it was not finished.`)
  const { manifest: text, signature } = parse(await store.get(manifestKey(backupId)))
  const expected = signatureOf(dataKey, text)
  const given = Buffer.from(signature, 'hex')
  if (given.length !== expected.length || !timingSafeEqual(given, expected))
    throw new BackupRefused('The signature of the manifest is not valid.')
  const manifest = parseManifest(text)
  if (manifest.id !== backupId) throw new BackupRefused(`The manifest is that of another backup, ${manifest.id}.`)
  const found = new Map(stored.map(({ key, sizeBytes }) => [key, sizeBytes]))
  const wanted = new Map(manifest.relations.map(({ name, object }) => [rowsKey(backupId, name), object.sizeBytes]))
  const own = new Set([manifestKey(backupId), `${folderOf(backupId)}key`, `${folderOf(backupId)}good.json`])
  const faults = [
    ...[...wanted].flatMap(([key, size]) => {
      const stored = found.get(key)
      if (stored === undefined) return [`${key} is missing`]
      return stored === size ? [] : [`${key} has ${stored} bytes instead of ${size}`]
    }),
    ...[...found.keys()].filter(key => !wanted.has(key) && !own.has(key)).map(key => `${key} does not belong to the backup`),
  ]
  if (faults.length > 0) throw new BackupRefused(`The backup ${backupId} is not as its manifest says: ${faults.join('; ')}.`)
  return manifest
}
