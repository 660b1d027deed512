import { AdminDeleteUserCommand, UserNotFoundException } from '@aws-sdk/client-cognito-identity-provider'
import * as z from 'zod'
import type { FunctionCaller } from '../../db/data-api.ts'
import { erasureStatuses } from '../../db/schema/operations/erasures.ts'
import { logger } from '../runtime/observability.ts'
import { userPoolAdministration } from './user-pool.ts'

const openErasures = z.object({
  erasures: z.array(z.object({ id: z.uuid(), status: z.enum(erasureStatuses), subject: z.string() })),
})
const completion = z.object({ status: z.string().nullable(), refusal: z.string().nullable() })

const removeFromUserPool = async (subject: string): Promise<void> => {
  const { client, userPoolId } = userPoolAdministration()
  await client.send(new AdminDeleteUserCommand({ UserPoolId: userPoolId, Username: subject })).catch((error: unknown) => {
    if (!(error instanceof UserNotFoundException)) throw error
  })
}

/**
 * Continues every erasure that is not completed: removes the person from the user pool, and then erases once more what a running request has
 * stored meanwhile. One that fails stays open for the next run, and the others go on. Safe to repeat, and to run twice at once.
 */
export const finishErasures = async (functions: FunctionCaller, hasTime: () => boolean, requestId: string) => {
  const { erasures } = openErasures.parse(await functions.call('identity.list_open_erasures', {}, { idempotent: true }))
  const result = { removedFromUserPool: 0, completed: 0, failed: 0 }
  for (const { id: erasureId, status, subject } of erasures) {
    if (!hasTime()) break
    try {
      if (status === 'database-erased') {
        await removeFromUserPool(subject)
        await functions.call('identity.record_user_pool_erasure', { erasureId }, { idempotent: true })
        result.removedFromUserPool += 1
      }
      const request = { requestId, route: 'identity/finish-erasures' }
      const done = completion.parse(await functions.call('identity.complete_erasure', { erasureId, request }, { idempotent: true }))
      if (done.refusal !== null) throw new Error(`The erasure is refused: ${done.refusal}.`)
      if (done.status === 'completed') result.completed += 1
    } catch (error) {
      result.failed += 1
      logger.error('an erasure could not be continued', { erasureId, error })
      const reason = error instanceof Error ? error.name : 'Unknown'
      await functions.call('identity.record_user_pool_erasure', { erasureId, error: reason }, { idempotent: true })
    }
  }
  return result
}
