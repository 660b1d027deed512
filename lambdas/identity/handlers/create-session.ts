import { InitiateAuthCommand } from '@aws-sdk/client-cognito-identity-provider'
import { ok, serve } from '../../runtime/serve.ts'
import { identityRoutes } from '../routes.ts'
import { mirrorRefusal, presentSignIn } from '../sessions.ts'
import { ask, userPool, wrongPassword } from '../user-pool.ts'

export const handler = serve(identityRoutes['create-session'], async ({ body: { email, password }, request }) => {
  const { client, clientId } = userPool()
  const signIn = new InitiateAuthCommand({
    ClientId: clientId,
    AuthFlow: 'USER_PASSWORD_AUTH',
    AuthParameters: { USERNAME: email, PASSWORD: password },
  })
  const attempt = client.send(signIn).catch((error: unknown) => mirrorRefusal(email, request, error))
  const answer = await ask(attempt, { unauthorized: wrongPassword })
  return ok(await presentSignIn(answer, request, false))
})
