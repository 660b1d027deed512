import type { AssociateSoftwareTokenResponse, VerifySoftwareTokenResponse } from '@aws-sdk/client-cognito-identity-provider'
import * as z from 'zod'
import { UserPoolError } from '../errors.ts'
import { openOperation, text, userOperation, type Wire } from '../operation.ts'
import { authenticate, type UserPool } from '../pool.ts'
import type { User } from '../state-file.ts'
import { generateTotpSecret, matchTotpStep } from '../totp.ts'

const proof = { AccessToken: text.optional(), Session: text.optional() }

const exactlyOne = (): UserPoolError =>
  new UserPoolError('InvalidParameterException', 'Exactly one of AccessToken and Session must be provided.')

/** Offers a new secret for an authenticator app: to a signed-in user, or during the MFA_SETUP challenge. */
const associateSoftwareToken = openOperation(
  proof,
  async (pool, { AccessToken, Session }): Promise<Wire<AssociateSoftwareTokenResponse>> => {
    if ((AccessToken === undefined) === (Session === undefined)) throw exactlyOne()
    const secret = generateTotpSecret()
    if (AccessToken !== undefined) {
      await pool.directory.update(await authenticate(pool, AccessToken), { pendingTotpSecretBase32: secret })
      return { SecretCode: secret }
    }
    const session = pool.sessions.get(Session!, 'MFA_SETUP')
    pool.sessions.use(Session!)
    return { SecretCode: secret, Session: pool.sessions.open({ ...session, totpSecretBase32: secret }) }
  },
)

/** Stores the secret once a code proves that the app has it. `enabled` at once only if the pool requires a second factor. */
async function keepSecret(pool: UserPool, user: User, secretBase32: string | undefined, code: string): Promise<void> {
  if (!secretBase32)
    throw new UserPoolError('SoftwareTokenMFANotFoundException', 'Software Token MFA has not been associated for the user.')
  const step = matchTotpStep(secretBase32, code, pool.clock())
  if (step === undefined) {
    throw new UserPoolError('EnableSoftwareTokenMFAException', 'Code mismatch and fail enable Software Token MFA')
  }
  const enabled = user.totp?.enabled ?? pool.mfa === 'REQUIRED'
  const totp = { secretBase32, enabled, preferred: user.totp?.preferred ?? enabled, lastUsedStep: step }
  await pool.directory.update(user, { totp, pendingTotpSecretBase32: undefined })
}

/**
 * Verifies a code of the new secret. A signed-in user then turns it on with SetUserMFAPreference; in MFA_SETUP the new session completes
 * the sign-in.
 */
const verifySoftwareToken = openOperation(
  { ...proof, UserCode: z.string().regex(/^\d{6}$/, 'Member must be six digits') },
  async (pool, { AccessToken, Session, UserCode }): Promise<Wire<VerifySoftwareTokenResponse>> => {
    if ((AccessToken === undefined) === (Session === undefined)) throw exactlyOne()
    if (AccessToken !== undefined) {
      const user = await authenticate(pool, AccessToken)
      await keepSecret(pool, user, user.pendingTotpSecretBase32, UserCode)
      return { Status: 'SUCCESS' }
    }
    const session = pool.sessions.get(Session!, 'MFA_SETUP')
    await keepSecret(pool, pool.directory.get(session.sub), session.totpSecretBase32, UserCode)
    pool.sessions.use(Session!)
    return { Status: 'SUCCESS', Session: pool.sessions.open({ sub: session.sub, challenge: 'MFA_SETUP', totpVerified: true }) }
  },
)

const preference = z.object({ Enabled: z.boolean().default(false), PreferredMfa: z.boolean().default(false) })

/**
 * Turns the authenticator app on or off at sign-in, and lets passkeys stand for both factors of its users. The pool offers no other second
 * factor.
 */
const setUserMfaPreference = userOperation(
  {
    SoftwareTokenMfaSettings: preference.optional(),
    SMSMfaSettings: preference.optional(),
    EmailMfaSettings: preference.optional(),
    WebAuthnMfaSettings: z.object({ Enabled: z.boolean().default(false) }).optional(),
  },
  async (pool, user, { SoftwareTokenMfaSettings: settings, SMSMfaSettings, EmailMfaSettings, WebAuthnMfaSettings }) => {
    if (SMSMfaSettings?.Enabled || EmailMfaSettings?.Enabled) {
      throw new UserPoolError('InvalidParameterException', 'The user pool offers SOFTWARE_TOKEN_MFA only.')
    }
    const passkeyMfa = WebAuthnMfaSettings?.Enabled ?? user.passkeyMfa
    if (WebAuthnMfaSettings?.Enabled && !(user.totp && (settings?.Enabled ?? user.totp.enabled))) {
      throw new UserPoolError('InvalidParameterException', 'User must have another MFA method turned on to turn on WEB_AUTHN')
    }
    if (!settings) {
      await pool.directory.update(user, { passkeyMfa })
      return {}
    }
    if (!user.totp) {
      if (!settings.Enabled) return {}
      throw new UserPoolError('InvalidParameterException', 'User does not have delivery config set to turn on SOFTWARE_TOKEN_MFA')
    }
    if (!settings.Enabled && pool.mfa === 'REQUIRED') {
      throw new UserPoolError('InvalidParameterException', 'User cannot turn off MFA, which the user pool requires.')
    }
    const preferred = settings.Enabled && settings.PreferredMfa
    await pool.directory.update(user, { totp: { ...user.totp, enabled: settings.Enabled, preferred }, passkeyMfa })
    return {}
  },
)

export const softwareTokenOperations = {
  AssociateSoftwareToken: associateSoftwareToken,
  VerifySoftwareToken: verifySoftwareToken,
  SetUserMFAPreference: setUserMfaPreference,
}
