import { and, eq, sql } from 'drizzle-orm'
import type { Transaction } from '../../db/database.ts'
import { idempotencyKeys } from '../../db/schema/operations/idempotency.ts'
import { contentHash } from '../../domain/shared/index.ts'
import { Problem } from './problem.ts'
export interface StoredReply {
  readonly status: number
  readonly body?: unknown
  readonly headers?: Readonly<Record<string, string>>
}

/** The Idempotency-Key of a request, if it has one. Throws 400 when it is not 1 to 255 visible ASCII characters. */
export const readIdempotencyKey = (value: string | undefined): string | undefined => {
  if (value !== undefined && !/^[\x21-\x7e]{1,255}$/.test(value)) {
    const message = 'must be 1 to 255 visible ASCII characters'
    throw new Problem(400, `header.idempotency-key: ${message}`, { errors: [{ path: 'header.idempotency-key', message }] })
  }
  return value
}

/**
 * Does `work` once for a key: the first answer is kept with the change it made, in the same transaction, and given to every
 * repetition within a day. A second request with the same key waits for the first to commit. The same key with another
 * request is 409.
 */
export const once = async (
  transaction: Transaction,
  request: { readonly userId: string; readonly route: string; readonly key: string; readonly content: unknown },
  work: () => Promise<StoredReply>,
): Promise<StoredReply> => {
  const { userId, route, key } = request
  const requestHash = contentHash(request.content)
  const mine = and(eq(idempotencyKeys.userId, userId), eq(idempotencyKeys.route, route), eq(idempotencyKeys.key, key))
  await transaction.delete(idempotencyKeys).where(and(mine, sql`${idempotencyKeys.expiresAt} < now()`))
  const claimed = await transaction
    .insert(idempotencyKeys)
    .values({ userId, route, key, requestHash })
    .onConflictDoNothing()
    .returning({ key: idempotencyKeys.key })
  if (claimed.length > 0) {
    const reply = await work()
    await transaction
      .update(idempotencyKeys)
      .set({ status: reply.status, body: reply.body ?? null, headers: { ...reply.headers } })
      .where(mine)
    return reply
  }
  const [first] = await transaction.select().from(idempotencyKeys).where(mine)
  if (first?.requestHash !== requestHash) throw new Problem(409, 'This Idempotency-Key was used for another request. Use a new one.')
  return { status: first.status ?? 200, body: first.body ?? undefined, headers: { ...first.headers, 'idempotent-replay': 'true' } }
}
