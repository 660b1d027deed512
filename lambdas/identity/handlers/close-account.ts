import { GlobalSignOutCommand } from '@aws-sdk/client-cognito-identity-provider'
import { noContent, serve } from '../../runtime/serve.ts'
import { endSessions } from '../end-sessions.ts'
import { identityRoutes } from '../routes.ts'
import { confirmPassword } from '../step-up.ts'
import { ask, userPool } from '../user-pool.ts'

export const handler = serve(identityRoutes['close-account'], async ({ accessToken, body, caller, request }) => {
  await confirmPassword(caller.subject, body.password, request)
  await endSessions({ subject: caller.subject, isActive: false }, request)
  await ask(userPool().client.send(new GlobalSignOutCommand({ AccessToken: accessToken() })))
  return noContent()
})
