import { GlobalSignOutCommand } from '@aws-sdk/client-cognito-identity-provider'
import { noContent, serve } from '../../runtime/serve.ts'
import { endSessions } from '../end-sessions.ts'
import { removedCookie } from '../refresh-tokens.ts'
import { identityRoutes } from '../routes.ts'
import { ask, userPool } from '../user-pool.ts'

export const handler = serve(identityRoutes['delete-sessions'], async ({ accessToken, caller, request }) => {
  // First the database: if it cannot be reached, the caller still has a token to try again.
  await endSessions({ subject: caller.subject }, request)
  await ask(userPool().client.send(new GlobalSignOutCommand({ AccessToken: accessToken() })))
  return { ...noContent(), cookies: [removedCookie] }
})
