import * as z from 'zod'
import type { RequestIdentity } from '../runtime/database.ts'
import { databaseFunctions } from '../runtime/database-functions.ts'
import { logger } from '../runtime/observability.ts'
import type { AttemptPurpose } from './attempts.ts'

/** An event of an account in Cognito; see identity.record_identity_event. */
export interface IdentityEvent {
  readonly kind:
    | 'signed-up'
    | 'confirmed'
    | 'signed-in'
    | 'sign-in-failed'
    | 'locked-out'
    | 'password-confirmed'
    | 'password-changed'
    | 'mfa-changed'
  readonly subject?: string
  readonly email?: string
  readonly emailVerified?: boolean
  readonly firstName?: string
  readonly lastName?: string
  readonly mfaEnabled?: boolean
  /** The attempts that succeeded with this event: they do not count any more. */
  readonly attempts?: readonly AttemptPurpose[]
}

const answer = z.object({ isActive: z.boolean().nullable() })

/** The user of an event. `isActive` is null if there is none. */
type MirroredUser = z.output<typeof answer>

/** Short, because a user waits for the sign-in. A paused cluster needs longer to resume, but the next request waits for that. */
const timeBudgetMilliseconds = 5_000

/**
 * Mirrors an event to the database. Cognito alone decides who may sign in, so a user can sign in while the database is not available.
 * A failure is logged. The first request of the user creates a user that is still missing.
 */
export const mirror = async (event: IdentityEvent, request: RequestIdentity): Promise<MirroredUser | undefined> => {
  try {
    // A count must not grow twice. All other events can be repeated.
    const idempotent = event.kind !== 'sign-in-failed' && event.kind !== 'locked-out'
    const document = JSON.parse(JSON.stringify({ ...event, request }))
    return answer.parse(
      await databaseFunctions('identity', timeBudgetMilliseconds).call('identity.record_identity_event', document, { idempotent }),
    )
  } catch (error) {
    logger.error('an identity event could not be mirrored to the database', { kind: event.kind, error })
    return undefined
  }
}
