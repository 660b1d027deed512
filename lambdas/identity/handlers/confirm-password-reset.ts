import { ConfirmForgotPasswordCommand } from '@aws-sdk/client-cognito-identity-provider'
import { noContent, serve } from '../../runtime/serve.ts'
import { countAttempt } from '../attempts.ts'
import { endSessions } from '../end-sessions.ts'
import { mirror } from '../mirror.ts'
import { refuseWeak } from '../password-policy.ts'
import { identityRoutes } from '../routes.ts'
import { refusedAtSameTime } from '../same-time.ts'
import { ask, userPool, wrongCode } from '../user-pool.ts'

export const handler = serve(identityRoutes['confirm-password-reset'], async ({ body: { code, email, newPassword }, request }) => {
  const { client, clientId } = userPool()
  const reset = new ConfirmForgotPasswordCommand({ ClientId: clientId, Username: email, ConfirmationCode: code, Password: newPassword })
  refuseWeak('body.newPassword', newPassword)
  await refusedAtSameTime(async () => {
    await countAttempt('confirm-reset', email, request)
    await ask(client.send(reset), { unauthorized: wrongCode, passwordField: 'body.newPassword', hidesAccount: true })
  })
  await endSessions({ email }, request)
  await mirror({ kind: 'password-changed', email, attempts: ['confirm-reset'] }, request)
  return noContent()
})
