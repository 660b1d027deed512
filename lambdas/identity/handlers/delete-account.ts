import { DeleteUserCommand, UserNotFoundException } from '@aws-sdk/client-cognito-identity-provider'
import type { JsonValue } from '../../../db/data-api.ts'
import { databaseFunctions } from '../../runtime/database-functions.ts'
import { logger } from '../../runtime/observability.ts'
import { ok, serve } from '../../runtime/serve.ts'
import { erasureAnswer, erasureRecord, keptAfterErasure } from '../erasure-schemas.ts'
import { requireErasure } from '../refuse-erasure.ts'
import { identityRoutes } from '../routes.ts'
import { confirmPassword } from '../step-up.ts'
import { userPool } from '../user-pool.ts'

const texts = {
  held: 'Your data must be kept for now, for a reason that the law gives. Ask the operator of this platform.',
  lastOwner: 'You are the only owner of households with other members. Hand them over first:',
}

export const handler = serve(identityRoutes['delete-account'], async ({ accessToken, body, caller, request }) => {
  await confirmPassword(caller.subject, body.password, request)
  const functions = databaseFunctions('identity')
  const document = { request: JSON.parse(JSON.stringify(request)) as JsonValue }
  const answer = erasureAnswer.parse(await functions.call('identity.erase_own_person', document, { idempotent: true }))
  const erasure = requireErasure(answer, texts)
  // The user pool comes last: the database has closed the account and ended its sessions. What fails here, the job finish-erasures repeats.
  try {
    await userPool()
      .client.send(new DeleteUserCommand({ AccessToken: accessToken() }))
      .catch((error: unknown) => {
        if (!(error instanceof UserNotFoundException)) throw error
      })
    const recorded = await functions.call('identity.record_user_pool_erasure', { erasureId: erasure.id }, { idempotent: true })
    return ok({ ...erasureRecord.parse(recorded), kept: keptAfterErasure })
  } catch (error) {
    logger.warn('the user pool could not remove an erased person yet', { erasureId: erasure.id, error })
    return ok({ ...erasure, kept: keptAfterErasure })
  }
})
