import { createHash } from 'node:crypto'

const sha256 = (bytes: Uint8Array | string) => createHash('sha256').update(bytes)

/** A seal of the audit trail without the list of its rows. Hashes and the root are in hexadecimal digits. */
export interface Seal {
  readonly number: number
  readonly previousHash: string
  /** Microseconds since 1970, as text. */
  readonly sealedAt: string
  /** The first day of the month of its rows, in UTC. */
  readonly month: string
  readonly rowCount: number
  /** The rows of this seal and all before it. */
  readonly totalRows: number
  readonly firstRow: string
  readonly lastRow: string
  readonly root: string
  readonly hash: string
}

/** The previous hash of the first seal, and the hash of a row that was removed before it was sealed. */
export const noHash = '0'.repeat(64)

/** The hash of a seal, computed from its fields as operations.audit_seal_hash does. Its own `hash` is not one of them. */
export const sealHash = ({ firstRow, lastRow, month, number, previousHash, root, rowCount, sealedAt, totalRows }: Seal): string =>
  sha256(['nestegg audit seal 1', number, previousHash, sealedAt, month, rowCount, totalRows, firstRow, lastRow, root].join('\n')).digest(
    'hex',
  )

/** The root over the rows of a seal: the hash of all ids, then all hashes of rows. */
export const rootOf = (rowIds: Uint8Array, rowHashes: Uint8Array): string => sha256(rowIds).update(rowHashes).digest('hex')

const uuidOf = (hex: string) => [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-')

/** The ids of the rows of a seal, each with its hash: 16 and 32 bytes per row. */
export const sealedRows = (rowIds: Uint8Array, rowHashes: Uint8Array): ReadonlyMap<string, string> => {
  const ids = Buffer.from(rowIds).toString('hex')
  const hashes = Buffer.from(rowHashes).toString('hex')
  return new Map(
    Array.from({ length: Math.floor(rowIds.length / 16) }, (_, row) => [
      uuidOf(ids.slice(32 * row, 32 * row + 32)),
      hashes.slice(64 * row, 64 * row + 64),
    ]),
  )
}
