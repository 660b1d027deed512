import { CognitoIdentityProviderClient } from '@aws-sdk/client-cognito-identity-provider'
import { clientSettings } from '../runtime/client-settings.ts'
import { readEnvironment, required } from '../runtime/environment.ts'
import type { ProblemCode } from '../runtime/problem-codes.ts'
import { fieldProblem, Problem } from '../runtime/problem.ts'

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

const wrongCredentials = new Set(['NotAuthorizedException', 'UserNotFoundException'])

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

export const wrongPassword: Unauthorized = refuses('wrong-credentials', 'The address or the password is wrong.')

/**
 * The same answer to a wrong code, an expired code and a code without an account, so that it does not show which addresses have an account.
 */
export const wrongCode: Unauthorized = cause =>
  fieldProblem('code-wrong-or-expired', [{ path: 'body.code', message: 'the code is wrong or has expired' }], { cause })

interface Meaning {
  readonly unauthorized?: Unauthorized
  /** The field of the body with the new password, which Cognito can refuse as too weak. */
  readonly passwordField?: string
}

const tokenNotValid = signInAgain('The access token is not valid. Sign in again.')

const refusal = (error: Error, { passwordField = 'body.password', unauthorized = tokenNotValid }: Meaning): Problem | undefined => {
  if (isLockedOut(error))
    return new Problem('too-many-attempts', 'Too many wrong passwords. Wait before the next attempt.', {
      headers: { 'retry-after': '60' },
      cause: error,
    })
  if (wrongCredentials.has(error.name)) return unauthorized(error)
  const passwordProblem = (code: ProblemCode, message: string) => fieldProblem(code, [{ path: passwordField, message }], { cause: error })
  switch (error.name) {
    case 'UsernameExistsException':
    case 'AliasExistsException':
      return new Problem('already-exists', 'This address already has an account. Sign in, or reset the password.', {
        errors: [{ path: 'body.email', message: 'must be unique' }],
        cause: error,
      })
    case 'InvalidPasswordException':
      return passwordProblem('weak-password', 'must have 12 characters or more, with upper and lower case letters, a digit and a symbol')
    case 'PasswordHistoryPolicyViolationException':
      return passwordProblem('password-reused', 'must not have been used before')
    case 'CodeMismatchException':
    case 'EnableSoftwareTokenMFAException':
    case 'ExpiredCodeException':
      return wrongCode(error)
    case 'UserNotConfirmedException':
      return new Problem('email-not-confirmed', 'Confirm the address first, with the code that was sent to it.', { cause: error })
    case 'PasswordResetRequiredException':
      return new Problem('password-reset-required', 'This account needs a new password. Request a password reset.', { cause: error })
    case 'SoftwareTokenMFANotFoundException':
      return new Problem('authenticator-not-enrolled', 'No authenticator app is enrolled.', { cause: error })
    case 'InvalidParameterException':
      return new Problem('invalid-value', 'The user pool rejected this request.', { cause: error })
    case 'LimitExceededException':
    case 'TooManyFailedAttemptsException':
    case 'TooManyRequestsException':
      return new Problem('too-many-attempts', 'Too many attempts. Wait before the next one.', {
        headers: { 'retry-after': '60' },
        cause: error,
      })
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

const tellsOfAccounts = new Set([...wrongCredentials, 'InvalidParameterException', 'UserNotConfirmedException'])

/** The same for sending a code. A refusal because of the account's state looks like success, so that the answer does not show the state. */
export const askForCode = async (call: Promise<unknown>): Promise<void> => {
  const quiet = call.catch((error: unknown) => {
    if (!(error instanceof Error) || !tellsOfAccounts.has(error.name)) throw error
  })
  await ask(quiet)
}
