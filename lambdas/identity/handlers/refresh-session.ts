import { InitiateAuthCommand } from '@aws-sdk/client-cognito-identity-provider'
import { ok, serve } from '../../runtime/serve.ts'
import { identityRoutes } from '../routes.ts'
import { presentTokens } from '../sessions.ts'
import { ask, signInAgain, userPool } from '../user-pool.ts'

export const handler = serve(identityRoutes['refresh-session'], async ({ body: { refreshToken } }) => {
  const { client, clientId } = userPool()
  const refresh = new InitiateAuthCommand({
    ClientId: clientId,
    AuthFlow: 'REFRESH_TOKEN_AUTH',
    AuthParameters: { REFRESH_TOKEN: refreshToken },
  })
  const answer = await ask(client.send(refresh), { unauthorized: signInAgain('The refresh token is no longer valid. Sign in again.') })
  return ok(presentTokens(answer.AuthenticationResult ?? {}))
})
