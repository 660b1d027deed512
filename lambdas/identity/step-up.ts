import { InitiateAuthCommand } from '@aws-sdk/client-cognito-identity-provider'
import type { RequestIdentity } from '../runtime/database.ts'
import { countOwnAttempt } from './attempts.ts'
import { mirror } from './mirror.ts'
import { revoke } from './sessions.ts'
import { ask, userPool, wrongOwnPassword } from './user-pool.ts'

/**
 * Checks the password of a signed-in user again, because an access token alone may be stolen. The user pool can check a password only by a
 * sign-in, so its tokens are revoked.
 * @throws Problem 422 naming `body.password`, 429 when too many were wrong, and those of `countOwnAttempt`.
 */
export const confirmPassword = async (subject: string, password: string, request: RequestIdentity): Promise<void> => {
  await countOwnAttempt('step-up', request)
  const { client, clientId } = userPool()
  const signIn = new InitiateAuthCommand({
    ClientId: clientId,
    AuthFlow: 'USER_PASSWORD_AUTH',
    AuthParameters: { USERNAME: subject, PASSWORD: password },
  })
  const { AuthenticationResult: result } = await ask(client.send(signIn), { unauthorized: wrongOwnPassword })
  // Without a result, the next step would be the second factor: the password was right.
  if (result) await revoke(result)
  await mirror({ kind: 'password-confirmed', subject }, request)
}
