import { RespondToAuthChallengeCommand } from '@aws-sdk/client-cognito-identity-provider'
import { serve } from '../../runtime/serve.ts'
import { countAttempt } from '../attempts.ts'
import { identityRoutes } from '../routes.ts'
import { answerSignIn } from '../sessions.ts'
import { ask, signInAgain, userPool } from '../user-pool.ts'

export const handler = serve(identityRoutes['answer-challenge'], async ({ body, request }) => {
  const { client, clientId } = userPool()
  const answerOf: Record<string, string> =
    body.challenge === 'SOFTWARE_TOKEN_MFA' ? { SOFTWARE_TOKEN_MFA_CODE: body.code } : { NEW_PASSWORD: body.newPassword }
  const response = new RespondToAuthChallengeCommand({
    ClientId: clientId,
    ChallengeName: body.challenge,
    Session: body.session,
    ChallengeResponses: { USERNAME: body.email, ...answerOf },
  })
  await countAttempt('second-factor', body.email, request)
  const answer = await ask(client.send(response), {
    unauthorized: signInAgain('The session of this sign-in has expired. Sign in again.'),
    passwordField: 'body.newPassword',
  })
  const mfaEnabled = body.challenge === 'SOFTWARE_TOKEN_MFA'
  return answerSignIn(answer, request, body.refreshTokenIn, { attempts: ['sign-in', 'second-factor'], mfaEnabled })
})
