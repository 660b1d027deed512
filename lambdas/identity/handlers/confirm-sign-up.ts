import { ConfirmSignUpCommand } from '@aws-sdk/client-cognito-identity-provider'
import { noContent, serve } from '../../runtime/serve.ts'
import { countAttempt } from '../attempts.ts'
import { mirror } from '../mirror.ts'
import { identityRoutes } from '../routes.ts'
import { refusedAtSameTime } from '../same-time.ts'
import { ask, userPool, wrongCode } from '../user-pool.ts'

export const handler = serve(identityRoutes['confirm-sign-up'], async ({ body: { code, email }, request }) => {
  const { client, clientId } = userPool()
  const confirmation = new ConfirmSignUpCommand({ ClientId: clientId, Username: email, ConfirmationCode: code })
  await refusedAtSameTime(async () => {
    await countAttempt('confirm-sign-up', email, request)
    await ask(client.send(confirmation), { unauthorized: wrongCode, hidesAccount: true })
  })
  await mirror({ kind: 'confirmed', email, attempts: ['confirm-sign-up'] }, request)
  return noContent()
})
