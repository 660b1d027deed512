import { DeleteUserCommand } from '@aws-sdk/client-cognito-identity-provider'
import * as z from 'zod'
import type { JsonValue } from '../../../db/data-api.ts'
import { databaseFunctions } from '../../runtime/database-functions.ts'
import { Problem } from '../../runtime/problem.ts'
import { noContent, serve } from '../../runtime/serve.ts'
import { countOwnAttempt } from '../attempts.ts'
import { endSessions } from '../end-sessions.ts'
import { identityRoutes } from '../routes.ts'
import { confirmPassword } from '../step-up.ts'
import { ask, userPool } from '../user-pool.ts'

const answer = z.object({ ownedHouseholds: z.array(z.object({ id: z.uuid(), name: z.string() })) })

export const handler = serve(identityRoutes['delete-account'], async ({ accessToken, body, caller, request }) => {
  await countOwnAttempt('step-up', request)
  await confirmPassword(caller.subject, body.password)
  const document = { request: JSON.parse(JSON.stringify(request)) as JsonValue }
  const removed = answer.parse(await databaseFunctions('identity').call('identity.remove_person', document, { idempotent: true }))
  const { ownedHouseholds } = removed
  if (ownedHouseholds.length > 0) {
    const names = ownedHouseholds.map(({ name }) => `“${name}”`).join(', ')
    throw new Problem('last-owner', `You are the only owner of households with other members. Hand them over first: ${names}.`, {
      errors: ownedHouseholds.map(({ id, name }) => ({ path: `households.${id}`, message: `“${name}” must keep an owner` })),
    })
  }
  // The sessions end last: until then, the caller can repeat a request that failed.
  await ask(userPool().client.send(new DeleteUserCommand({ AccessToken: accessToken() })))
  await endSessions({ subject: caller.subject, isActive: false }, request)
  return noContent()
})
