import { sql } from 'drizzle-orm'
import type { ChainOfEntries } from '../../../domain/operations/index.ts'
import type { Transaction } from '../../database.ts'
import { plainArrayText } from '../array-text.ts'
import { instantText } from '../instant-text.ts'

/** A row of the audit trail as it is now. Hashes are in hexadecimal digits. */
export interface PresentRow {
  readonly id: string
  /** The hash of the columns that the chain covers. */
  readonly hash: string
  /** Whether the erasable values are those of the digest, or were erased. */
  readonly values: 'kept' | 'changed' | 'erased'
  /** The audit row that records the erasure, if it is said to be one. */
  readonly erasedBy: string | null
}

// The same as operations.audit_row_hash and operations.audit_values_digest: a verification must not depend on functions of the database that
// somebody could have replaced.
const rowHash = sql`encode(sha256(convert_to(json_build_array(a.id, (extract(epoch from a.timestamp) * 1000000)::bigint, a.user_id, a.household_id,
  a.action, a.resource_type, a.resource_id, a.route, a.request_id, a.changed_fields, a.severity, a.compliance_category,
  (extract(epoch from a.retention_until) * 1000000)::bigint, a.execution_time_ms, encode(a.values_digest, 'hex'))::text, 'UTF8')), 'hex')`
const valuesState = sql`case
  when a.values_salt is not null then case when a.values_digest = sha256(a.values_salt || convert_to(
    json_build_array(a.session_id, a.ip_address, a.user_agent, a.old_values, a.new_values, a.metadata)::text, 'UTF8')) then 'kept' else 'changed' end
  when num_nonnulls(a.session_id, a.ip_address, a.user_agent, a.old_values, a.new_values, a.metadata) = 0 then 'erased' else 'changed' end`

const monthEnd = (month: string) => sql`${month}::date + interval '1 month'`

/** The rows with these ids in a month. The month is given by its first day, in UTC. */
export const findAuditRows = async (transaction: Transaction, month: string, ids: readonly string[]): Promise<readonly PresentRow[]> =>
  transaction.execute<{ id: string; hash: string; values: PresentRow['values']; erasedBy: string | null }>(sql`
    select a.id, ${rowHash} as hash, ${valuesState} as "values", a.erased_by as "erasedBy" from operations.audit_logs a
    where a.timestamp >= ${month}::date and a.timestamp < ${monthEnd(month)} and a.id = any (${plainArrayText(ids)}::uuid[])`)

/** Whether a month has any row. */
export const hasAuditRows = async (transaction: Transaction, month: string): Promise<boolean> => {
  const [row] = await transaction.execute<{ found: boolean }>(
    sql`select exists (select from operations.audit_logs where timestamp >= ${month}::date and timestamp < ${monthEnd(month)}) as found`,
  )
  return row!.found
}

/**
 * Up to `limit` ids of rows that are in no seal and do not wait for one. In a range of time, which holds the rows of the seals of `month`.
 * @param range.from the first day, or null for no limit
 * @param range.to the day after the last one, or null for no limit
 */
export const findUnknownRows = async (
  transaction: Transaction,
  { from, month, to }: { readonly from: string | null; readonly to: string | null; readonly month: string | null },
  limit: number,
): Promise<string[]> => {
  // The offset makes PostgreSQL read the ids of a seal once, and not once per row.
  const rows = await transaction.execute<{ id: string }>(sql`
    select id from operations.audit_logs
    where timestamp >= coalesce(${from}::date, '-infinity') and timestamp < coalesce(${to}::date, 'infinity')
    except
    select encode(substring(s.ids from 16 * place + 1 for 16), 'hex')::uuid
    from (select row_ids || ''::bytea as ids, row_count from operations.audit_seals where month = ${month}::date offset 0) s,
      generate_series(0, s.row_count - 1) as place
    except
    select id from operations.unsealed_audit_rows
    limit ${limit}`)
  return rows.map(row => row.id)
}

/** Up to `limit` ids of rows that wait for a seal and are no longer there. */
export const findLostRows = async (transaction: Transaction, limit: number): Promise<string[]> => {
  const rows = await transaction.execute<{ id: string }>(sql`
    select u.id from operations.unsealed_audit_rows u
    where not exists (select from operations.audit_logs a where a.id = u.id and a.timestamp = u.timestamp) limit ${limit}`)
  return rows.map(row => row.id)
}

/** The ids of the rows whose erasure an audit row records; undefined if there is no such record with the values of its digest. */
export const findErasedRows = async (transaction: Transaction, recordId: string): Promise<ReadonlySet<string> | undefined> => {
  const [record] = await transaction.execute<{ rows: string }>(sql`
    select a.metadata ->> 'rows' as rows from operations.audit_logs a
    where a.id = ${recordId} and a.resource_type = 'operations.audit_erasures' and ${valuesState} = 'kept'`)
  if (record === undefined) return undefined
  const hex = Buffer.from(record.rows, 'base64').toString('hex')
  return new Set(hex.match(/.{32}/g)?.map(id => id.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-')))
}

export interface Removal {
  readonly row: string
  /** `2019-03`: the rows of this month and all before it were removed. */
  readonly month: string
  /** The seals of all removed rows: how many, their rows, and the hash over their hashes in order. */
  readonly removedSeals: number
  readonly removedRows: number
  readonly removedHash: string
}

/** The newest record of a removed month that has the values of its digest. */
export const findLastRemoval = async (transaction: Transaction): Promise<Removal | undefined> => {
  const [row] = await transaction.execute<{ row: string; metadata: Omit<Removal, 'row'> | string }>(sql`
    select a.id as row, a.metadata from operations.audit_logs a
    where a.resource_type = 'operations.audit_months' and a.action = 'DELETE' and ${valuesState} = 'kept'
    order by a.metadata ->> 'month' desc limit 1`)
  if (row === undefined) return undefined
  const metadata = typeof row.metadata === 'string' ? (JSON.parse(row.metadata) as Omit<Removal, 'row'>) : row.metadata
  return { ...metadata, row: row.row }
}

/** A row of the transaction's user. */
export interface OwnRow extends PresentRow {
  readonly timestamp: string
}

/**
 * A page of the rows that name the transaction's user as who made the change, newest first, after one of them.
 * @param range.from null for no limit; inclusive
 * @param range.to null for no limit; not included
 */
export const listOwnRows = async (
  transaction: Transaction,
  { before, from, to }: { readonly before: string | null; readonly from: string | null; readonly to: string | null },
  limit: number,
): Promise<readonly OwnRow[]> =>
  transaction.execute<{ id: string; timestamp: string; hash: string; values: PresentRow['values']; erasedBy: string | null }>(sql`
    select a.id, ${instantText(sql`a.timestamp`)} as timestamp, ${rowHash} as hash, ${valuesState} as "values",
      a.erased_by as "erasedBy"
    from operations.audit_logs a
    where a.user_id = operations.current_user_id() and (${before}::uuid is null or a.id < ${before}::uuid)
      and a.timestamp >= coalesce(${from}::timestamptz, '-infinity') and a.timestamp < coalesce(${to}::timestamptz, 'infinity')
    order by a.id desc limit ${limit}`)

/** What the chain has of rows of the transaction's user: see operations.own_audit_seals. */
export const chainOfOwnRows = async (
  transaction: Transaction,
  rows: readonly Pick<OwnRow, 'id' | 'timestamp'>[],
): Promise<ChainOfEntries> => {
  const [row] = await transaction.execute<{ chain: ChainOfEntries | string }>(sql`
    select operations.own_audit_seals(${plainArrayText(rows.map(({ id }) => id))}::uuid[],
      ${plainArrayText(rows.map(({ timestamp }) => timestamp))}::timestamptz[]) as chain`)
  return typeof row!.chain === 'string' ? (JSON.parse(row!.chain) as ChainOfEntries) : row!.chain
}
