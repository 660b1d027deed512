import * as z from 'zod'
import type { JsonValue } from '../../db/data-api.ts'
import type { RequestIdentity } from '../runtime/database.ts'
import { databaseFunctions } from '../runtime/database-functions.ts'
import { logger } from '../runtime/observability.ts'
import { Problem } from '../runtime/problem.ts'

/** See identity.attempt_limits. */
export type AttemptPurpose =
  | 'sign-in'
  | 'second-factor'
  | 'sign-up'
  | 'sign-up-code'
  | 'reset-code'
  | 'confirm-sign-up'
  | 'confirm-reset'
  | 'enrolment'
  | 'step-up'

const answer = z.object({ user: z.object({ isActive: z.boolean() }).nullable(), retryAfterSeconds: z.int().nullable() })

/** Short, because a user waits. */
const timeBudgetMilliseconds = 3_000

const count = async (purpose: AttemptPurpose | undefined, email: string | undefined, request: RequestIdentity) => {
  const document = JSON.parse(JSON.stringify({ purpose, email, request })) as JsonValue
  return answer.parse(await databaseFunctions('identity', timeBudgetMilliseconds).call('identity.count_attempt', document))
}

/** The problem of an attempt that the limits do not allow. */
export const tooManyAttempts = (retryAfterSeconds: number): Problem =>
  new Problem('too-many-attempts', 'Too many attempts. Wait before the next one.', {
    headers: { 'retry-after': String(retryAfterSeconds) },
  })

const refuseBeyond = (retryAfterSeconds: number | null): void => {
  if (retryAfterSeconds !== null) throw tooManyAttempts(retryAfterSeconds)
}

/**
 * Counts an attempt of a caller who is not signed in, by address and by source. While the database cannot be reached, only the limits of
 * the user pool and of API Gateway hold, so that users can still sign in.
 * @throws Problem 429 with Retry-After, also for an address without an account.
 */
export const countAttempt = async (purpose: AttemptPurpose, email: string, request: RequestIdentity): Promise<void> => {
  const counted = await count(purpose, email, request).catch((error: unknown) => {
    logger.error('an attempt could not be counted', { purpose, error })
    return undefined
  })
  refuseBeyond(counted?.retryAfterSeconds ?? null)
}

const countOfOpenAccount = async (purpose: AttemptPurpose | undefined, request: RequestIdentity): Promise<number | null> => {
  const { retryAfterSeconds, user } = await count(purpose, undefined, request)
  if (!user?.isActive) throw new Problem('account-closed', 'This account is closed.')
  return retryAfterSeconds
}

/**
 * The same for a signed-in caller, by subject. Also checks that the sessions of the caller were not ended and that the account is open.
 * @throws Problem 429 with Retry-After, 401 for ended sessions, 403 for a closed account, 503 while the database cannot be reached.
 */
export const countOwnAttempt = async (purpose: AttemptPurpose, request: RequestIdentity): Promise<void> => {
  refuseBeyond(await countOfOpenAccount(purpose, request))
}

/** Checks that the sessions of a signed-in caller were not ended and that the account is open, on a route without the database. */
export const requireOpenAccount = async (request: RequestIdentity): Promise<void> => {
  await countOfOpenAccount(undefined, request)
}
