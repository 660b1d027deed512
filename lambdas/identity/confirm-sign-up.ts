import { ConfirmSignUpCommand } from '@aws-sdk/client-cognito-identity-provider'
import { noContent, serve } from '../runtime/serve.ts'
import { mirror } from './mirror.ts'
import { identityRoutes } from './routes.ts'
import { ask, userPool } from './user-pool.ts'

export const handler = serve(identityRoutes['confirm-sign-up'], async ({ body: { code, email }, request }) => {
  const { client, clientId } = userPool()
  await ask(
    client.send(new ConfirmSignUpCommand({ ClientId: clientId, Username: email, ConfirmationCode: code })),
    'The address waits for no code.',
  )
  await mirror({ kind: 'confirmed', email }, request)
  return noContent()
})
