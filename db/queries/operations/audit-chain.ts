import { sql } from 'drizzle-orm'
import type { Seal } from '../../../domain/operations/index.ts'
import type { Transaction } from '../../database.ts'

/** The head of the chain after a sealing. Hashes are in hexadecimal digits. */
export interface Sealing {
  readonly sealed: number
  /** Another sealing was at work, so this one did nothing. */
  readonly isBusy: boolean
  readonly hasMore: boolean
  readonly seal: { readonly number: number; readonly hash: string; readonly totalRows: number } | null
  readonly anchor: { readonly key: string; readonly sealNumber: number; readonly sha256: string } | null
}

/** Calls a function of the database with one JSON document, as the Data API does. */
const callFunction = async <Answer>(transaction: Transaction, name: string, document: object): Promise<Answer> => {
  const [row] = await transaction.execute<{ answer: Answer | string }>(
    sql`select ${sql.raw(name)}(${JSON.stringify(document)}::jsonb) as answer`,
  )
  return typeof row!.answer === 'string' ? (JSON.parse(row!.answer) as Answer) : row!.answer
}

/** Seals a batch of committed rows: see operations.seal_audit_rows. */
export const sealAuditRows = (transaction: Transaction, maxRows?: number): Promise<Sealing> =>
  callFunction(transaction, 'operations.seal_audit_rows', { maxRows })

/** An anchor as the database records it. */
export interface RecordedAnchor {
  readonly key: string
  readonly sealNumber: number
  readonly sealHash: string
  readonly sha256: string
  readonly keyFingerprint: string
}

export const recordAuditAnchor = (transaction: Transaction, anchor: RecordedAnchor): Promise<{ readonly recorded: boolean }> =>
  callFunction(transaction, 'operations.record_audit_anchor', anchor)

/** A record of a restore, as the database records it. */
export interface RecordedRestore {
  readonly number: number
  readonly sealNumber: number
  readonly sealHash: string
  readonly sha256: string
  readonly keyFingerprint: string
}

/** @param restore `reason` and `declaredBy` are for the audit row */
export const recordAuditRestore = (
  transaction: Transaction,
  restore: RecordedRestore & { readonly reason: string; readonly declaredBy: string },
): Promise<{ readonly recorded: boolean }> => callFunction(transaction, 'operations.record_audit_restore', restore)

/** Which of some anchors in the store this database has not recorded. */
export const findUnrecordedAnchors = async (transaction: Transaction, keys: readonly string[]): Promise<readonly string[]> =>
  (await callFunction<{ keys: string[] }>(transaction, 'operations.find_unrecorded_anchors', { keys })).keys

/** Some seals, without those that this chain does not have. */
export const findAuditSeals = async (
  transaction: Transaction,
  numbers: readonly number[],
): Promise<readonly Pick<Seal, 'hash' | 'number'>[]> =>
  (await callFunction<{ seals: Pick<Seal, 'hash' | 'number'>[] }>(transaction, 'operations.find_audit_seals', { numbers })).seals

/** Records, in the transaction of the read, that an administrator or an operator reads rows of other persons. */
export const recordPrivilegedRead = async (
  transaction: Transaction,
  {
    metadata,
    resourceId = null,
    resourceType,
  }: { readonly resourceType: string; readonly resourceId?: string | null; readonly metadata: object },
): Promise<void> => {
  await transaction.execute(
    sql`select operations.record_privileged_read(${resourceType}, ${resourceId}::uuid, ${JSON.stringify(metadata)}::jsonb)`,
  )
}

const sealColumns = sql`json_build_object('number', number, 'previousHash', encode(previous_hash, 'hex'),
  'sealedAt', (extract(epoch from sealed_at) * 1000000)::bigint::text, 'month', month, 'rowCount', row_count, 'totalRows', total_rows,
  'firstRow', first_row, 'lastRow', last_row, 'root', encode(root, 'hex'), 'hash', encode(hash, 'hex'))`

const asSeals = (rows: readonly { readonly seal: Seal | string }[]): Seal[] =>
  rows.map(({ seal }) => (typeof seal === 'string' ? (JSON.parse(seal) as Seal) : seal))

/** Seals in the order of their numbers, after one of them. */
export const listSeals = async (transaction: Transaction, after: number, limit: number): Promise<Seal[]> =>
  asSeals(
    await transaction.execute<{ seal: Seal | string }>(
      sql`select ${sealColumns} as seal from operations.audit_seals where number > ${after} order by number limit ${limit}`,
    ),
  )

/** A page of seals from the newest on, before one of them. The months are given by their first days. */
export const listSealsBackwards = async (
  transaction: Transaction,
  before: number,
  { from, to }: { readonly from: string | null; readonly to: string | null },
): Promise<Seal[]> =>
  asSeals(
    await transaction.execute<{ seal: Seal | string }>(sql`
      select ${sealColumns} as seal from operations.audit_seals
      where number < ${before} and month >= coalesce(${from}::date, '-infinity') and month <= coalesce(${to}::date, 'infinity')
      order by number desc limit 500`),
  )

export interface SealContent {
  readonly rowIds: Uint8Array
  readonly rowHashes: Uint8Array
}

export const readSealContent = async (transaction: Transaction, number: number): Promise<SealContent | undefined> => {
  const [row] = await transaction.execute<{ rowIds: Uint8Array; rowHashes: Uint8Array }>(
    sql`select row_ids as "rowIds", row_hashes as "rowHashes" from operations.audit_seals where number = ${number}`,
  )
  return row
}

/** The rows that wait for a seal: how many, and when the oldest of them was written. */
export const countUnsealedRows = async (transaction: Transaction): Promise<{ readonly rows: number; readonly oldest: string | null }> => {
  const [row] = await transaction.execute<{ rows: number; oldest: string | null }>(
    sql`select count(*)::int as rows, to_char(min(timestamp) at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as oldest
      from operations.unsealed_audit_rows`,
  )
  return row!
}

/** All anchors that this database has recorded, in the order of their keys. */
export const listRecordedAnchors = async (transaction: Transaction): Promise<readonly RecordedAnchor[]> =>
  transaction.execute<RecordedAnchor & Record<string, unknown>>(sql`
    select key, seal_number::int as "sealNumber", encode(seal_hash, 'hex') as "sealHash", encode(sha256, 'hex') as sha256,
      key_fingerprint as "keyFingerprint" from operations.audit_anchors order by key`)

/** All records of restores that this database has recorded. */
export const listRecordedRestores = async (transaction: Transaction): Promise<readonly RecordedRestore[]> =>
  transaction.execute<RecordedRestore & Record<string, unknown>>(sql`
    select number, seal_number::int as "sealNumber", encode(seal_hash, 'hex') as "sealHash", encode(sha256, 'hex') as sha256,
      key_fingerprint as "keyFingerprint" from operations.audit_restore_records order by number`)
