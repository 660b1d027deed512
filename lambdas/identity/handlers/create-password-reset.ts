import { ForgotPasswordCommand } from '@aws-sdk/client-cognito-identity-provider'
import { serve } from '../../runtime/serve.ts'
import { identityRoutes } from '../routes.ts'
import { askForCode, userPool } from '../user-pool.ts'

export const handler = serve(identityRoutes['create-password-reset'], async ({ body: { email } }) => {
  const { client, clientId } = userPool()
  await askForCode(client.send(new ForgotPasswordCommand({ ClientId: clientId, Username: email })))
  return { status: 202 }
})
