import { randomBytes } from 'node:crypto'
import { InitiateAuthCommand } from '@aws-sdk/client-cognito-identity-provider'
import * as z from 'zod'
import { ok, serve } from '../../runtime/serve.ts'
import { countAttempt } from '../attempts.ts'
import { passkeyChallengeMilliseconds, relyingPartyId } from '../passkeys.ts'
import { identityRoutes } from '../routes.ts'
import { answeredAtSameTime } from '../same-time.ts'
import { askQuietly, userPool } from '../user-pool.ts'

const requestOptions = z.object({ challenge: z.string() })

/**
 * Begins a sign-in. Without a passkey, or without an account, the challenge is one that no passkey can answer, and looks the same. The ids of
 * the passkeys are left out for the same reason: the authenticator knows which passkeys it has for the domain.
 */
const begin = async (email: string) => {
  const { client, clientId } = userPool()
  const command = new InitiateAuthCommand({
    ClientId: clientId,
    AuthFlow: 'USER_AUTH',
    AuthParameters: { USERNAME: email, PREFERRED_CHALLENGE: 'WEB_AUTHN' },
  })
  const answer = await askQuietly(client.send(command))
  const session = answer?.Session ?? randomBytes(48).toString('base64url')
  const options = answer?.ChallengeName === 'WEB_AUTHN' ? answer.ChallengeParameters?.['CREDENTIAL_REQUEST_OPTIONS'] : undefined
  const challenge = options === undefined ? randomBytes(32).toString('base64url') : requestOptions.parse(JSON.parse(options)).challenge
  return { session, challenge }
}

export const handler = serve(identityRoutes['create-passkey-challenge'], ({ body: { email }, request }) => {
  const rpId = relyingPartyId()
  return answeredAtSameTime(async () => {
    await countAttempt('sign-in', email, request)
    const { challenge, session } = await begin(email)
    const options = { challenge, rpId, timeout: passkeyChallengeMilliseconds, userVerification: 'required' }
    return ok({ challenge: 'WEB_AUTHN', session, options })
  })
})
