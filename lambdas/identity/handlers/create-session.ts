import { InitiateAuthCommand } from '@aws-sdk/client-cognito-identity-provider'
import { serve } from '../../runtime/serve.ts'
import { countAttempt } from '../attempts.ts'
import { identityRoutes } from '../routes.ts'
import { refusedAtSameTime } from '../same-time.ts'
import { answerSignIn, mirrorRefusal } from '../sessions.ts'
import { ask, userPool, wrongCredentials } from '../user-pool.ts'

export const handler = serve(identityRoutes['create-session'], async ({ body: { email, password, refreshTokenIn }, request }) => {
  const { client, clientId } = userPool()
  const signIn = new InitiateAuthCommand({
    ClientId: clientId,
    AuthFlow: 'USER_PASSWORD_AUTH',
    AuthParameters: { USERNAME: email, PASSWORD: password },
  })
  const answer = await refusedAtSameTime(async () => {
    await countAttempt('sign-in', email, request)
    const attempt = client.send(signIn).catch((error: unknown) => mirrorRefusal(email, request, error))
    return ask(attempt, { unauthorized: wrongCredentials, hidesAccount: true })
  })
  return answerSignIn(answer, request, refreshTokenIn, { attempts: ['sign-in'], mfaEnabled: false })
})
