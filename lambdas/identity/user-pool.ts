import { CognitoIdentityProviderClient } from '@aws-sdk/client-cognito-identity-provider'
import { clientSettings } from '../runtime/client-settings.ts'
import { readEnvironment, required } from '../runtime/environment.ts'
import type { ProblemCode } from '../runtime/problem-codes.ts'
import { logger } from '../runtime/observability.ts'
import { fieldProblem, Problem } from '../runtime/problem.ts'
import { tooManyAttempts } from './attempts.ts'
import { weakPassword } from './password-policy.ts'

interface UserPool {
  readonly client: CognitoIdentityProviderClient
  readonly clientId: string
}

let opened: { readonly key: string; readonly pool: UserPool } | undefined

/** The user pool that the environment names. The real SDK client is used, also on a laptop. */
export const userPool = (): UserPool => {
  const environment = readEnvironment()
  const clientId = required(environment, 'USER_POOL_CLIENT_ID')
  const endpoint = environment.USER_POOL_ENDPOINT
  const key = `${clientId} ${endpoint}`
  if (opened?.key !== key) {
    // These operations are unsigned, but the client still requires credentials, and a laptop has none.
    opened = { key, pool: { client: new CognitoIdentityProviderClient(clientSettings(endpoint)), clientId } }
  }
  return opened.pool
}

/** The user pool, with the rights of the function that removes persons. */
export const userPoolAdministration = () => {
  const environment = readEnvironment()
  return {
    client: new CognitoIdentityProviderClient(clientSettings(environment.USER_POOL_ENDPOINT)),
    userPoolId: required(environment, 'USER_POOL_ID'),
  }
}

const unauthorizedErrors = new Set([
  'NotAuthorizedException',
  'PasswordResetRequiredException',
  'RefreshTokenReuseException',
  'UserNotConfirmedException',
  'UserNotFoundException',
])

/** The errors of a passkey that does not answer what was asked. */
const passkeyErrors = new Set([
  'WebAuthnChallengeNotFoundException',
  'WebAuthnClientMismatchException',
  'WebAuthnCredentialNotSupportedException',
  'WebAuthnOriginNotAllowedException',
  'WebAuthnRelyingPartyMismatchException',
])

/** The errors that can depend on the state of an account. */
const accountErrors = new Set([
  ...unauthorizedErrors,
  ...passkeyErrors,
  'CodeDeliveryFailureException',
  'InvalidParameterException',
  // The own limits come first, so these are limits that only an account can have.
  'LimitExceededException',
  'TooManyFailedAttemptsException',
])

/** True when Cognito does not check the password, because too many were wrong. */
export const isLockedOut = (error: unknown): boolean => error instanceof Error && error.message.startsWith('Password attempts exceeded')

/** Makes the problem of a "not authorized" error, whose meaning depends on the operation. */
type Unauthorized = (cause: Error) => Problem

const refuses =
  (code: ProblemCode, detail: string): Unauthorized =>
  cause =>
    cause.message === 'User is disabled.'
      ? new Problem('account-closed', 'This account is closed.', { cause })
      : new Problem(code, detail, { cause, headers: { 'www-authenticate': 'Bearer' } })

export const signInAgain = (detail: string): Unauthorized => refuses('sign-in-required', detail)

/**
 * The one answer to a sign-in that fails. Cognito reports the state of an account before it looks at the password, so the answer is the same
 * for an unknown address, a wrong password, and an account that is closed, not confirmed or needs a new password.
 */
export const wrongCredentials: Unauthorized = cause =>
  new Problem('wrong-credentials', 'The address or the password is wrong, or the account cannot be used yet or any more.', {
    cause,
    headers: { 'www-authenticate': 'Bearer' },
  })

/** The one answer to a sign-in with a passkey that fails, also for an address without a passkey or without an account. */
export const wrongPasskey: Unauthorized = cause =>
  new Problem('wrong-credentials', 'The passkey was not accepted, or the sign-in took too long. Begin again, or use the password.', {
    cause,
    headers: { 'www-authenticate': 'Bearer' },
  })

/** For a caller who must show the password again. */
export const wrongOwnPassword: Unauthorized = cause =>
  fieldProblem('wrong-password', [{ path: 'body.password', message: 'is wrong' }], { cause })

/**
 * The same answer to a wrong code, an expired code and a code without an account, so that it does not show which addresses have an account.
 */
export const wrongCode: Unauthorized = cause =>
  fieldProblem('code-wrong-or-expired', [{ path: 'body.code', message: 'the code is wrong or has expired' }], { cause })

interface Meaning {
  readonly unauthorized?: Unauthorized
  /** The field of the body with the new password, which Cognito can refuse as too weak. */
  readonly passwordField?: string
  /** Every error that can depend on the state of an account has the answer of `unauthorized`, because the caller has proved nothing yet. */
  readonly hidesAccount?: true
}

const tokenNotValid = signInAgain('The access token is not valid. Sign in again.')

const refusal = (
  error: Error,
  { hidesAccount, passwordField = 'body.password', unauthorized = tokenNotValid }: Meaning,
): Problem | undefined => {
  if (isLockedOut(error))
    return new Problem('too-many-attempts', 'Too many wrong passwords. Wait before the next attempt.', {
      headers: { 'retry-after': '60' },
      cause: error,
    })
  if ((hidesAccount ? accountErrors : unauthorizedErrors).has(error.name)) return unauthorized(error)
  if (passkeyErrors.has(error.name)) {
    const message = 'the passkey is not one of this site, or does not answer the newest challenge'
    return fieldProblem('passkey-not-accepted', [{ path: 'body.credential', message }], { cause: error })
  }
  switch (error.name) {
    case 'InvalidPasswordException':
      return weakPassword(passwordField, error)
    case 'PasswordHistoryPolicyViolationException':
      return fieldProblem('password-reused', [{ path: passwordField, message: 'must not have been used before' }], { cause: error })
    case 'CodeMismatchException':
    case 'EnableSoftwareTokenMFAException':
    case 'ExpiredCodeException':
      return wrongCode(error)
    case 'SoftwareTokenMFANotFoundException':
      return new Problem('authenticator-not-enrolled', 'No authenticator app is enrolled.', { cause: error })
    case 'InvalidParameterException':
      return new Problem('invalid-value', 'The user pool rejected this request.', { cause: error })
    case 'LimitExceededException':
    case 'TooManyFailedAttemptsException':
    case 'TooManyRequestsException':
      return tooManyAttempts(60)
    default:
      return undefined
  }
}

/** Calls Cognito, and turns its known errors into problems. Unknown errors are thrown on, as faults. */
export const ask = async <Answer>(call: Promise<Answer>, meaning: Meaning = {}): Promise<Answer> => {
  try {
    return await call
  } catch (error) {
    throw (error instanceof Error ? refusal(error, meaning) : undefined) ?? error
  }
}

/** The same for a request that must not show the state of an account: a refusal because of the state has no answer. */
export const askQuietly = async <Answer>(call: Promise<Answer>): Promise<Answer | undefined> => {
  const quiet = call.catch((error: unknown) => {
    if (!(error instanceof Error) || !accountErrors.has(error.name)) throw error
    logger.info('the user pool refused a request because of the account', { reason: error.name })
    return undefined
  })
  return ask(quiet)
}
