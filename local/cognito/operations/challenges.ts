import type { RespondToAuthChallengeResponse } from '@aws-sdk/client-cognito-identity-provider'
import { attributeList, writeOwnAttributes } from '../attributes.ts'
import { completeSignIn, continueSignIn } from '../continue-sign-in.ts'
import { UserPoolError, userIsDisabled } from '../errors.ts'
import { clientOperation, required, text, textMap, type Wire } from '../operation.ts'
import { assertPasswordPolicy, hashPassword } from '../passwords.ts'
import { verifyPasskey } from '../passkeys.ts'
import type { UserPool } from '../pool.ts'
import type { ChallengeSession } from '../sessions.ts'
import type { User } from '../state-file.ts'
import { matchTotpStep } from '../totp.ts'

interface Answer {
  readonly pool: UserPool
  readonly user: User
  readonly responses: Readonly<Record<string, string>>
  readonly session: ChallengeSession
  /** Closes the session, once the answer is known to be correct. */
  readonly accept: () => void
}

const parseCredential = (json: string): unknown => {
  try {
    return JSON.parse(json)
  } catch (cause) {
    throw new UserPoolError('InvalidParameterException', 'The credential is not JSON.', { cause })
  }
}

const attributePrefix = 'userAttributes.'

async function answerNewPassword({ pool, user, responses, accept }: Answer): Promise<Wire<RespondToAuthChallengeResponse>> {
  const password = required(responses, 'NEW_PASSWORD')
  assertPasswordPolicy(password)
  const given = Object.entries(responses).filter(([name]) => name.startsWith(attributePrefix))
  const attributes = attributeList.parse(given.map(([name, Value]) => ({ Name: name.slice(attributePrefix.length), Value })))
  const changes = {
    attributes: writeOwnAttributes(user.attributes, attributes),
    passwordHash: await hashPassword(password),
    status: 'CONFIRMED',
    temporaryPasswordExpiresAtMs: undefined,
  } as const
  accept()
  return continueSignIn(pool, await pool.directory.update(user, changes))
}

/** Five wrong codes start the same lockout as five wrong passwords, counted separately (Developer Guide, "Adding MFA to a user pool"). */
async function answerSoftwareToken({ pool, user, responses, accept }: Answer): Promise<Wire<RespondToAuthChallengeResponse>> {
  const code = required(responses, 'SOFTWARE_TOKEN_MFA_CODE')
  if (!user.totp) throw new UserPoolError('SoftwareTokenMFANotFoundException', 'Software Token MFA does not exist for the user.')
  const key = `totp:${user.sub}`
  pool.lockouts.assertOpen(key)
  const step = matchTotpStep(user.totp.secretBase32, code, pool.clock())
  if (step === undefined) {
    pool.lockouts.recordFailure(key)
    throw new UserPoolError('CodeMismatchException', 'Invalid code received for user')
  }
  if (step <= user.totp.lastUsedStep) {
    throw new UserPoolError('ExpiredCodeException', 'Your software token has already been used once.')
  }
  pool.lockouts.clear(key)
  accept()
  return completeSignIn(pool, await pool.directory.update(user, { totp: { ...user.totp, lastUsedStep: step } }))
}

async function answerMfaSetup({ pool, user, session, accept }: Answer): Promise<Wire<RespondToAuthChallengeResponse>> {
  if (!session.totpVerified) throw new UserPoolError('InvalidParameterException', 'User has not set up software token mfa')
  accept()
  return completeSignIn(pool, user)
}

/** A passkey stands for the authenticator app too: it is offered only to users whose settings say so. */
async function answerPasskey({ pool, user, responses, session, accept }: Answer): Promise<Wire<RespondToAuthChallengeResponse>> {
  const credential = parseCredential(required(responses, 'CREDENTIAL'))
  const used = await verifyPasskey(user, session.passkeyChallenge ?? '', pool.passkeyOrigins(), credential)
  accept()
  const passkeys = user.passkeys.map(passkey => (passkey.id === used.id ? used : passkey))
  return completeSignIn(pool, await pool.directory.update(user, { passkeys }))
}

const answers = {
  NEW_PASSWORD_REQUIRED: answerNewPassword,
  SOFTWARE_TOKEN_MFA: answerSoftwareToken,
  MFA_SETUP: answerMfaSetup,
  WEB_AUTHN: answerPasskey,
}

const isOffered = (name: string): name is keyof typeof answers => Object.hasOwn(answers, name)

/**
 * Answers a challenge. The session must belong to the user and to this challenge. A wrong answer leaves it open, a correct one closes it.
 */
const respondToAuthChallenge = clientOperation(
  { ChallengeName: text, Session: text, ChallengeResponses: textMap.default({}) },
  async (pool, { ChallengeName, Session, ChallengeResponses }) => {
    if (!isOffered(ChallengeName)) {
      throw new UserPoolError(
        'InvalidParameterException',
        `Value '${ChallengeName}' at 'ChallengeName' is not a challenge of this user pool.`,
      )
    }
    const session = pool.sessions.get(Session, ChallengeName)
    const user = pool.directory.find(required(ChallengeResponses, 'USERNAME'))
    if (user?.sub !== session.sub) throw new UserPoolError('NotAuthorizedException', 'Invalid session for the user.')
    if (!user.enabled) throw userIsDisabled()
    return answers[ChallengeName]({ pool, user, responses: ChallengeResponses, session, accept: () => pool.sessions.use(Session) })
  },
)

export const challengeOperations = { RespondToAuthChallenge: respondToAuthChallenge }
