import { ConfirmForgotPasswordCommand } from '@aws-sdk/client-cognito-identity-provider'
import { noContent, serve } from '../../runtime/serve.ts'
import { mirror } from '../mirror.ts'
import { identityRoutes } from '../routes.ts'
import { ask, userPool, wrongCode } from '../user-pool.ts'

export const handler = serve(identityRoutes['confirm-password-reset'], async ({ body: { code, email, newPassword }, request }) => {
  const { client, clientId } = userPool()
  const reset = new ConfirmForgotPasswordCommand({ ClientId: clientId, Username: email, ConfirmationCode: code, Password: newPassword })
  await ask(client.send(reset), { unauthorized: wrongCode, passwordField: 'body.newPassword' })
  await mirror({ kind: 'password-changed', email }, request)
  return noContent()
})
