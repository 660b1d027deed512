import { DeleteUserCommand, UserNotFoundException } from '@aws-sdk/client-cognito-identity-provider'
import * as z from 'zod'
import type { JsonValue } from '../../../db/data-api.ts'
import { databaseFunctions } from '../../runtime/database-functions.ts'
import { Problem } from '../../runtime/problem.ts'
import { noContent, serve } from '../../runtime/serve.ts'
import { identityRoutes } from '../routes.ts'
import { confirmPassword } from '../step-up.ts'
import { ask, userPool } from '../user-pool.ts'

const answer = z.object({ ownedHouseholds: z.array(z.object({ id: z.uuid(), name: z.string() })) })

export const handler = serve(identityRoutes['delete-account'], async ({ accessToken, body, caller, request }) => {
  await confirmPassword(caller.subject, body.password, request)
  const document = { request: JSON.parse(JSON.stringify(request)) as JsonValue }
  const removed = answer.parse(await databaseFunctions('identity').call('identity.remove_person', document, { idempotent: true }))
  const { ownedHouseholds } = removed
  if (ownedHouseholds.length > 0) {
    const names = ownedHouseholds.map(({ name }) => `“${name}”`).join(', ')
    throw new Problem('last-owner', `You are the only owner of households with other members. Hand them over first: ${names}.`, {
      errors: ownedHouseholds.map(({ id, name }) => ({ path: `households.${id}`, message: `“${name}” must keep an owner` })),
    })
  }
  // The user pool comes last: the removal from the database has closed the account and ended its sessions, whatever happens here.
  const deletion = userPool().client.send(new DeleteUserCommand({ AccessToken: accessToken() }))
  await ask(
    deletion.catch((error: unknown) => {
      if (!(error instanceof UserNotFoundException)) throw error
    }),
  )
  return noContent()
})
