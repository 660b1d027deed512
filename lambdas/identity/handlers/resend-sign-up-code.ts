import { ResendConfirmationCodeCommand } from '@aws-sdk/client-cognito-identity-provider'
import { serve } from '../../runtime/serve.ts'
import { countAttempt } from '../attempts.ts'
import { identityRoutes } from '../routes.ts'
import { answeredAtSameTime } from '../same-time.ts'
import { askQuietly, userPool } from '../user-pool.ts'

export const handler = serve(identityRoutes['resend-sign-up-code'], ({ body: { email }, request }) =>
  answeredAtSameTime(async () => {
    const { client, clientId } = userPool()
    await countAttempt('sign-up-code', email, request)
    await askQuietly(client.send(new ResendConfirmationCodeCommand({ ClientId: clientId, Username: email })))
    return { status: 202 }
  }),
)
