import * as z from 'zod'
import { canonicalJson } from '../shared/index.ts'

const hash = z.string().regex(/^[0-9a-f]{64}$/)

const anchoredHead = z.strictObject({
  format: z.literal('nestegg audit anchor 1'),
  /** The day of the anchor, in UTC. */
  day: z.iso.date(),
  sealNumber: z.int().positive(),
  sealHash: hash,
  totalRows: z.int().positive(),
  anchoredAt: z.iso.datetime(),
  /** The anchor before this one: its key, and the SHA-256 of its object. Null in the first one. */
  previous: z.strictObject({ key: z.string(), sha256: hash }).nullable(),
  /** The newest record of a restore that lost audit rows, once there is one. */
  restore: z.strictObject({ key: z.string(), sha256: hash }).optional(),
  /** SHA-256 of the public key, in DER. */
  keyFingerprint: hash,
})

/** `signature`: ECDSA on P-256 with SHA-256 over `anchorText(head)`, in DER and base64. */
const signedAnchor = z.strictObject({ head: anchoredHead, signature: z.base64() })

/** The head of the chain of the audit trail, as it is signed and anchored outside of the database. Hashes are in hexadecimal digits. */
export type AnchoredHead = Readonly<z.infer<typeof anchoredHead>>
export type SignedAnchor = Readonly<z.infer<typeof signedAnchor>>

/** Reads a stored anchor; undefined if it is not one. */
export const parseAnchor = (bytes: Uint8Array): SignedAnchor | undefined => {
  try {
    return signedAnchor.parse(JSON.parse(Buffer.from(bytes).toString('utf8')))
  } catch {
    return undefined
  }
}

/** The text that is signed. */
export const anchorText = (head: AnchoredHead): string => canonicalJson(head)

export const anchorPrefix = 'audit/'

/**
 * The key of an anchor in its store. In one chain, the order of the keys is that of the anchors.
 * @param restore the number of the newest record of a restore, if the key without it is taken by an anchor that was superseded
 */
export const anchorKey = (day: string, sealNumber: number, restore?: number): string =>
  `${anchorPrefix}${day.replaceAll('-', '/')}/${String(sealNumber).padStart(12, '0')}${restore === undefined ? '' : `-${restore}`}.json`

/** The day of an anchor by its key, or undefined for another object. */
export const dayOfAnchor = (key: string): string | undefined => {
  const match = /^audit\/(\d{4})\/(\d{2})\/(\d{2})\/\d{12}(?:-\d+)?\.json$/.exec(key)
  return match ? match.slice(1, 4).join('-') : undefined
}

export const publicKeyKey = (fingerprint: string): string => `public-keys/${fingerprint}.pem`
