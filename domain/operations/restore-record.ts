import { createHash } from 'node:crypto'
import * as z from 'zod'
import { canonicalJson } from '../shared/index.ts'

const hash = z.string().regex(/^[0-9a-f]{64}$/)
const storedObject = z.strictObject({ key: z.string(), sha256: hash })

const recordedRestore = z.strictObject({
  format: z.literal('nestegg restore record 1'),
  /** One more than that of the record before. */
  number: z.int().positive(),
  declaredAt: z.iso.datetime(),
  /** Who declared it: a user of the operating system, or what the caller in AWS gave. */
  declaredBy: z.string().min(1).max(300),
  reason: z.string().min(1).max(500),
  /** The last seal of the restored chain. */
  lastSeal: z.strictObject({ number: z.int().positive(), hash }),
  /** The newest anchor of the restored chain. Null if it has none. */
  newestAnchor: storedObject.nullable(),
  /** Every anchor, and every earlier record, that is not of the restored chain. */
  superseded: z.array(storedObject).min(1),
  /** The record before. Null in the first one. */
  previous: storedObject.nullable(),
  /** SHA-256 of the public key, in DER. */
  keyFingerprint: hash,
})

/** `signature`: ECDSA on P-256 with SHA-256 over `restoreRecordText(head)`, in DER and base64. */
const signedRecord = z.strictObject({ head: recordedRestore, signature: z.base64() })

/** An operator declares that the audit trail ends before anchors that were made: a restore has lost what they anchored. */
export type RestoreRecordHead = Readonly<z.infer<typeof recordedRestore>>
export type SignedRestoreRecord = Readonly<z.infer<typeof signedRecord>>
/** An object of the store of anchors: its key, and the SHA-256 of its content in hexadecimal digits. */
export type AnchorObject = Readonly<z.infer<typeof storedObject>>

/** Reads a stored record; undefined if it is not one. */
export const parseRestoreRecord = (bytes: Uint8Array): SignedRestoreRecord | undefined => {
  try {
    return signedRecord.parse(JSON.parse(Buffer.from(bytes).toString('utf8')))
  } catch {
    return undefined
  }
}

/** The text that is signed. It has a fixed length, because KMS takes 4096 bytes and a record can name thousands of anchors. */
export const restoreRecordText = (head: RestoreRecordHead): string =>
  `${head.format}\n${createHash('sha256').update(canonicalJson(head)).digest('hex')}`

export const restoreRecordPrefix = 'audit/restores/'

/** The key of a record in the store of anchors. */
export const restoreRecordKey = (number: number): string => `${restoreRecordPrefix}${String(number).padStart(4, '0')}.json`

/** The number of a record by its key, or undefined for another object. */
export const numberOfRestoreRecord = (key: string): number | undefined => {
  const match = /^audit\/restores\/(\d{4,})\.json$/.exec(key)
  return match ? Number(match[1]) : undefined
}

/**
 * The records that count, from all records in the order of their numbers: those that no later record which counts itself supersedes. A return to
 * the chain of before a restore supersedes the record of that restore.
 */
export const countingRecords = <Stored extends AnchorObject & { readonly head: RestoreRecordHead }>(
  records: readonly Stored[],
): readonly Stored[] =>
  records.reduceRight<readonly Stored[]>(
    (later, record) =>
      later.some(({ head }) => head.superseded.some(({ key, sha256 }) => key === record.key && sha256 === record.sha256))
        ? later
        : [record, ...later],
    [],
  )
