import { GlobalSignOutCommand } from '@aws-sdk/client-cognito-identity-provider'
import { noContent, serve } from '../../runtime/serve.ts'
import { identityRoutes } from '../routes.ts'
import { ask, userPool } from '../user-pool.ts'

export const handler = serve(identityRoutes['delete-sessions'], async ({ accessToken }) => {
  await ask(userPool().client.send(new GlobalSignOutCommand({ AccessToken: accessToken() })))
  return noContent()
})
