import { ChangePasswordCommand, GlobalSignOutCommand } from '@aws-sdk/client-cognito-identity-provider'
import { noContent, serve } from '../../runtime/serve.ts'
import { countOwnAttempt } from '../attempts.ts'
import { endSessions } from '../end-sessions.ts'
import { mirror } from '../mirror.ts'
import { refuseWeak } from '../password-policy.ts'
import { identityRoutes } from '../routes.ts'
import { ask, userPool, wrongOwnPassword } from '../user-pool.ts'

export const handler = serve(identityRoutes['change-password'], async ({ accessToken, body, caller, request }) => {
  const { newPassword, password } = body
  refuseWeak('body.newPassword', newPassword)
  await countOwnAttempt('step-up', request)
  const { client } = userPool()
  const token = { AccessToken: accessToken() }
  const change = new ChangePasswordCommand({ ...token, PreviousPassword: password, ProposedPassword: newPassword })
  await ask(client.send(change), { unauthorized: wrongOwnPassword, passwordField: 'body.newPassword' })
  await endSessions({ subject: caller.subject }, request)
  await mirror({ kind: 'password-changed', subject: caller.subject }, request)
  await ask(client.send(new GlobalSignOutCommand(token)))
  return noContent()
})
