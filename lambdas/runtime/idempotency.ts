import { and, eq, sql } from 'drizzle-orm'
import type { Transaction } from '../../db/database.ts'
import { idempotencyKeys } from '../../db/schema/operations/idempotency.ts'
import { contentHash } from '../../domain/shared/index.ts'
import { fieldProblem, Problem } from './problem.ts'
import { deletes, inserts, updates } from './writes.ts'

/** The writes of `once`: of each route with an Idempotency-Key and the database. */
export const idempotencyWrites = [
  deletes(idempotencyKeys),
  inserts(idempotencyKeys),
  updates(idempotencyKeys, ['status', 'body', 'headers']),
]

export interface StoredReply {
  readonly status: number
  readonly body?: unknown
  readonly headers?: Readonly<Record<string, string>>
}

/** The Idempotency-Key of a request, if it has one. Throws 400 when it is not 1 to 255 visible ASCII characters. */
export const readIdempotencyKey = (value: string | undefined): string | undefined => {
  if (value !== undefined && !/^[\x21-\x7e]{1,255}$/.test(value)) {
    const message = 'must be 1 to 255 visible ASCII characters'
    throw fieldProblem('invalid-request', [{ path: 'header.idempotency-key', message }])
  }
  return value
}

/** A request with an Idempotency-Key. Its content decides whether another one is the same request. */
export interface KeyedRequest {
  readonly userId: string
  readonly route: string
  readonly key: string
  readonly content: unknown
}

const isKeyOf = ({ key, route, userId }: KeyedRequest) =>
  and(eq(idempotencyKeys.userId, userId), eq(idempotencyKeys.route, route), eq(idempotencyKeys.key, key))

/** The first answer to a request with this key, or undefined if there is none yet. The same key with another request is a 409. */
export const findReply = async (transaction: Transaction, request: KeyedRequest): Promise<StoredReply | undefined> => {
  const [first] = await transaction
    .select()
    .from(idempotencyKeys)
    .where(and(isKeyOf(request), sql`${idempotencyKeys.expiresAt} >= now()`))
  if (!first) return undefined
  if (first.requestHash !== contentHash(request.content))
    throw new Problem('idempotency-key-reused', 'This Idempotency-Key was used for another request. Use a new one.')
  return { status: first.status ?? 200, body: first.body ?? undefined, headers: { ...first.headers, 'idempotent-replay': 'true' } }
}

/**
 * Does `work` once per key. The first answer is stored in the same transaction as its change, and every repetition within a day gets
 * it. A second request with the same key waits until the first has committed. The same key with another request is a 409.
 */
export const once = async (transaction: Transaction, request: KeyedRequest, work: () => Promise<StoredReply>): Promise<StoredReply> => {
  const { userId, route, key } = request
  const requestHash = contentHash(request.content)
  const isThisKey = isKeyOf(request)
  await transaction.delete(idempotencyKeys).where(and(isThisKey, sql`${idempotencyKeys.expiresAt} < now()`))
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
      .where(isThisKey)
    return reply
  }
  const first = await findReply(transaction, request)
  if (!first) throw new Error('The key was claimed, but has no answer.')
  return first
}
