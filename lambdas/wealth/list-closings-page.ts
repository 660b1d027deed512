import * as z from 'zod'
import type { Transaction } from '../../db/database.ts'
import { type ClosingFilter, listClosings, type StoredClosing } from '../../db/queries/wealth/index.ts'
import { calendarDate, uuid } from '../runtime/schemas.ts'
import { readTuple, writeTuple } from './tuple-cursor.ts'

/** The cursor of a list of closings: day, transaction, and position among those of the transaction. */
export const closingPlace = z.tuple([calendarDate, uuid, z.string().regex(/^\d{1,9}$/)])

/** A page of closings, the oldest first. */
export const closingsPage = async (
  transaction: Transaction,
  filter: ClosingFilter,
  { cursor, limit }: { readonly cursor?: string | undefined; readonly limit: number },
): Promise<{ readonly rows: readonly StoredClosing[]; readonly nextCursor: string | null }> => {
  const rows = await listClosings(transaction, filter, limit + 1, readTuple(cursor, closingPlace))
  const last = rows.length > limit ? rows[limit - 1] : undefined
  return {
    rows: rows.slice(0, limit),
    nextCursor: last ? writeTuple([last.closedOn, last.transactionId, String(last.position)]) : null,
  }
}
