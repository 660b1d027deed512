import { RespondToAuthChallengeCommand } from '@aws-sdk/client-cognito-identity-provider'
import { serve } from '../../runtime/serve.ts'
import { countAttempt } from '../attempts.ts'
import { identityRoutes } from '../routes.ts'
import { refusedAtSameTime } from '../same-time.ts'
import type { ChallengeAnswer } from '../schemas.ts'
import { answerSignIn } from '../sessions.ts'
import { ask, signInAgain, userPool, wrongPasskey } from '../user-pool.ts'

const responseOf = (body: ChallengeAnswer): Record<string, string> => {
  switch (body.challenge) {
    case 'SOFTWARE_TOKEN_MFA':
      return { SOFTWARE_TOKEN_MFA_CODE: body.code }
    case 'NEW_PASSWORD_REQUIRED':
      return { NEW_PASSWORD: body.newPassword }
    case 'WEB_AUTHN':
      return { CREDENTIAL: JSON.stringify(body.credential) }
  }
}

/** Who answers with a passkey has proved nothing yet. The other challenges come after the right password. */
const meaningOf = ({ challenge }: ChallengeAnswer) =>
  challenge === 'WEB_AUTHN'
    ? ({ unauthorized: wrongPasskey, hidesAccount: true } as const)
    : { unauthorized: signInAgain('The session of this sign-in has expired. Sign in again.'), passwordField: 'body.newPassword' }

/** Whether the user has an authenticator app, as far as the answered challenge says it. */
const mfaOf = ({ challenge }: ChallengeAnswer) => (challenge === 'WEB_AUTHN' ? {} : { mfaEnabled: challenge === 'SOFTWARE_TOKEN_MFA' })

export const handler = serve(identityRoutes['answer-challenge'], async ({ body, request }) => {
  const { client, clientId } = userPool()
  const response = new RespondToAuthChallengeCommand({
    ClientId: clientId,
    ChallengeName: body.challenge,
    Session: body.session,
    ChallengeResponses: { USERNAME: body.email, ...responseOf(body) },
  })
  const answer = await refusedAtSameTime(async () => {
    await countAttempt('second-factor', body.email, request)
    return ask(client.send(response), meaningOf(body))
  })
  return answerSignIn(answer, request, body.refreshTokenIn, { attempts: ['sign-in', 'second-factor'], ...mfaOf(body) })
})
