import { setTimeout as wait } from 'node:timers/promises'
import * as z from 'zod'
import type { JsonValue } from '../../db/data-api.ts'
import type { RequestIdentity } from '../runtime/database.ts'
import { databaseFunctions } from '../runtime/database-functions.ts'
import { instant } from '../runtime/schemas.ts'

const answer = z.object({ tokensValidAfter: instant.nullable() })

const longestWaitMilliseconds = 2_000

/** Waits until tokens of a new sign-in are accepted: at most the rest of a second, since the time of a sign-in is in whole seconds. */
const untilAccepted = async (tokensValidAfter: string | null): Promise<void> => {
  if (!tokensValidAfter) return
  await wait(Math.min(Math.max(Date.parse(tokensValidAfter) - Date.now(), 0), longestWaitMilliseconds))
}

/** The user whose sessions end. */
type Ended = { readonly subject: string /** Closes the account. */; readonly isActive?: false } | { readonly email: string }

/** Ends one session, by its id: from now on no route accepts its access tokens. Safe to repeat. */
export const endSession = async (sessionId: string, request: RequestIdentity): Promise<void> => {
  const document = JSON.parse(JSON.stringify({ sessionId, request })) as JsonValue
  await databaseFunctions('identity').call('identity.end_session', document, { idempotent: true })
}

/** Ends the sessions of a user: from now on no route accepts their access tokens. Safe to repeat. */
export const endSessions = async (ended: Ended, request: RequestIdentity): Promise<void> => {
  const document = JSON.parse(JSON.stringify({ ...ended, request })) as JsonValue
  const { tokensValidAfter } = answer.parse(
    await databaseFunctions('identity').call('identity.end_sessions', document, { idempotent: true }),
  )
  await untilAccepted(tokensValidAfter)
}
