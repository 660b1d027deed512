import { ForgotPasswordCommand } from '@aws-sdk/client-cognito-identity-provider'
import { serve } from '../../runtime/serve.ts'
import { countAttempt } from '../attempts.ts'
import { identityRoutes } from '../routes.ts'
import { answeredAtSameTime } from '../same-time.ts'
import { askQuietly, userPool } from '../user-pool.ts'

export const handler = serve(identityRoutes['create-password-reset'], ({ body: { email }, request }) =>
  answeredAtSameTime(async () => {
    const { client, clientId } = userPool()
    await countAttempt('reset-code', email, request)
    await askQuietly(client.send(new ForgotPasswordCommand({ ClientId: clientId, Username: email })))
    return { status: 202 }
  }),
)
