import { randomBytes, randomUUID } from 'node:crypto'
import type { InitiateAuthResponse } from '@aws-sdk/client-cognito-identity-provider'
import { generateAuthenticationOptions } from '@simplewebauthn/server'
import { UserPoolError, userIsDisabled } from './errors.ts'
import { required, type Wire } from './operation.ts'
import { relyingPartyId } from './passkeys.ts'
import type { UserPool } from './pool.ts'
import type { User } from './state-file.ts'

/** A user with an authenticator app must have let passkeys stand for both factors. */
const canUsePasskeys = ({ passkeyMfa, passkeys, totp }: User): boolean => passkeys.length > 0 && (!totp?.enabled || passkeyMfa)

/**
 * Begins a sign-in by choice (USER_AUTH) that prefers a passkey. A user without one is offered the password, and so is an address without
 * an account. The own API answers both alike, and then uses its flow for passwords.
 */
export async function chooseSignIn(pool: UserPool, parameters: Record<string, string>): Promise<Wire<InitiateAuthResponse>> {
  const username = required(parameters, 'USERNAME')
  if (required(parameters, 'PREFERRED_CHALLENGE') !== 'WEB_AUTHN')
    throw new UserPoolError('InvalidParameterException', 'The local user pool offers WEB_AUTHN only as a preferred challenge.')
  const user = pool.directory.find(username)
  if (user && !user.enabled) throw userIsDisabled()
  if (user?.status === 'UNCONFIRMED') throw new UserPoolError('UserNotConfirmedException', 'User is not confirmed.')
  if (!user || user.status !== 'CONFIRMED' || !canUsePasskeys(user)) {
    return {
      ChallengeName: 'SELECT_CHALLENGE',
      AvailableChallenges: ['PASSWORD', 'PASSWORD_SRP'],
      Session: pool.sessions.open({ sub: user?.sub ?? randomUUID(), challenge: 'SELECT_CHALLENGE' }),
      ChallengeParameters: {},
    }
  }
  const challenge = randomBytes(32).toString('base64url')
  const options = await generateAuthenticationOptions({
    rpID: relyingPartyId,
    challenge: Buffer.from(challenge, 'base64url'),
    allowCredentials: user.passkeys.map(({ id, transports }) => ({ id, transports })),
    userVerification: 'required',
    timeout: 180_000,
  })
  return {
    ChallengeName: 'WEB_AUTHN',
    Session: pool.sessions.open({ sub: user.sub, challenge: 'WEB_AUTHN', passkeyChallenge: challenge }),
    ChallengeParameters: { CREDENTIAL_REQUEST_OPTIONS: JSON.stringify(options) },
  }
}
