import { setTimeout as wait } from 'node:timers/promises'
import * as z from 'zod'
import type { JsonValue } from '../../db/data-api.ts'
import type { RequestIdentity } from '../runtime/database.ts'
import { databaseFunctions } from '../runtime/database-functions.ts'
import { instant } from '../runtime/schemas.ts'

const answer = z.object({ tokensValidAfter: instant.nullable() })

const longestWaitMilliseconds = 2_000

/** Waits until tokens of a new sign-in are accepted: at most the rest of a second, since the time of a sign-in is in whole seconds. */
export const untilAccepted = async (tokensValidAfter: string | null | undefined): Promise<void> => {
  if (!tokensValidAfter) return
  await wait(Math.min(Math.max(Date.parse(tokensValidAfter) - Date.now(), 0), longestWaitMilliseconds))
}

/**
 * Ends the sessions of a user: from now on no route accepts their access tokens. Safe to repeat.
 * @param isActive false closes the account
 */
export const endSessions = async (subject: string, request: RequestIdentity, isActive?: false): Promise<void> => {
  const document = JSON.parse(JSON.stringify({ subject, isActive, request })) as JsonValue
  const ended = answer.parse(await databaseFunctions('identity').call('identity.end_sessions', document, { idempotent: true }))
  await untilAccepted(ended.tokensValidAfter)
}
