import { DeleteWebAuthnCredentialCommand } from '@aws-sdk/client-cognito-identity-provider'
import { invalidReference } from '../../runtime/problem.ts'
import { noContent, serve } from '../../runtime/serve.ts'
import { identityRoutes } from '../routes.ts'
import { confirmPassword } from '../step-up.ts'
import { ask, userPool } from '../user-pool.ts'

export const handler = serve(identityRoutes['remove-passkey'], async ({ accessToken, body, caller, request }) => {
  await confirmPassword(caller.subject, body.password, request)
  const remove = userPool().client.send(new DeleteWebAuthnCredentialCommand({ AccessToken: accessToken(), CredentialId: body.passkeyId }))
  const removed = remove.catch((error: unknown) => {
    if (error instanceof Error && error.name === 'ResourceNotFoundException') throw invalidReference('body.passkeyId', 'passkey')
    throw error
  })
  await ask(removed)
  return noContent()
})
