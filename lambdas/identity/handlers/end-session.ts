import { RevokeTokenCommand } from '@aws-sdk/client-cognito-identity-provider'
import { decodeJwt } from 'jose'
import type { RequestIdentity } from '../../runtime/database.ts'
import { noContent, serve } from '../../runtime/serve.ts'
import { endSession } from '../end-sessions.ts'
import { exchangeRefreshToken, isRefusedToken, removedCookie, type SentRefreshToken, sentRefreshToken } from '../refresh-tokens.ts'
import { identityRoutes } from '../routes.ts'
import { ask, userPool } from '../user-pool.ts'

/** The tokens of a refresh come directly from Cognito, so they name the session, also when the caller has no access token any more. */
const end = async (sent: SentRefreshToken, request: RequestIdentity): Promise<void> => {
  const { AccessToken = '', RefreshToken = sent.token } = await exchangeRefreshToken(sent)
  // First the database: if it cannot be reached, the refresh token that was sent works for another minute.
  await endSession(String(decodeJwt(AccessToken)['origin_jti']), request)
  const { client, clientId } = userPool()
  await ask(client.send(new RevokeTokenCommand({ ClientId: clientId, Token: RefreshToken })))
}

export const handler = serve(identityRoutes['end-session'], async ({ body, cookie, request }) => {
  const sent = sentRefreshToken(body, cookie)
  if (sent) {
    await end(sent, request).catch((error: unknown) => {
      // The session is over already.
      if (!isRefusedToken(error)) throw error
    })
  }
  return { ...noContent(), cookies: [removedCookie] }
})
