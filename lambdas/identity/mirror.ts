import type { RequestIdentity } from '../runtime/database.ts'
import { databaseFunctions } from '../runtime/database-functions.ts'
import { logger } from '../runtime/observability.ts'

/** What Cognito just said about a person; see identity.record_identity_event. */
export interface IdentityEvent {
  readonly kind: 'signed-up' | 'confirmed' | 'signed-in' | 'sign-in-failed' | 'locked-out' | 'password-changed' | 'mfa-changed'
  readonly subject?: string
  readonly email?: string
  readonly emailVerified?: boolean
  readonly firstName?: string
  readonly lastName?: string
  readonly mfaEnabled?: boolean
}

/** Somebody waits for their sign-in meanwhile. Too short for a paused cluster to resume, which the next request waits for anyway. */
const timeBudgetMilliseconds = 5_000

/**
 * Mirrors an event to the database. Cognito has the last word on who may sign in, so a database that is away does not keep anyone
 * out: the failure is reported, and the user is provisioned by their first request all the same.
 */
export const mirror = async (event: IdentityEvent, request: RequestIdentity): Promise<void> => {
  try {
    // A count must not grow twice; everything else may be said again.
    const idempotent = event.kind !== 'sign-in-failed' && event.kind !== 'locked-out'
    const document = JSON.parse(JSON.stringify({ ...event, request }))
    await databaseFunctions(timeBudgetMilliseconds).call('identity.record_identity_event', document, { idempotent })
  } catch (error) {
    logger.error('an identity event could not be mirrored to the database', { kind: event.kind, error })
  }
}
