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

/** The user pool that the environment names, through the real SDK client, on a laptop too. */
export const userPool = (): UserPool => {
  const environment = readEnvironment()
  const clientId = required(environment, 'USER_POOL_CLIENT_ID')
  const endpoint = environment.USER_POOL_ENDPOINT
  const key = `${clientId} ${endpoint}`
  if (opened?.key !== key) {
    // These operations are unsigned, yet the client wants credentials before it sends: a laptop has none.
    opened = { key, pool: { client: new CognitoIdentityProviderClient(clientSettings(endpoint)), clientId } }
  }
  return opened.pool
}

const wrongCredentials = new Set(['NotAuthorizedException', 'UserNotFoundException'])

/** True when Cognito refuses even to look at a password because too many were wrong. */
export const isLockedOut = (error: unknown): boolean => error instanceof Error && error.message.startsWith('Password attempts exceeded')

/** What "not authorized" means depends on what was asked: each makes a problem of it. */
type Unauthorized = (cause: Error) => Problem

const refuses =
  (code: ProblemCode, detail: string): Unauthorized =>
  cause =>
    cause.message === 'User is disabled.'
      ? new Problem('account-closed', 'This account is closed.', { cause })
      : new Problem(code, detail, { cause, headers: { 'www-authenticate': 'Bearer' } })

export const signInAgain = (detail: string): Unauthorized => refuses('sign-in-required', detail)

export const wrongPassword: Unauthorized = refuses('wrong-credentials', 'The address or the password is wrong.')

/** One answer to a wrong code, one that has expired and one that nobody waits for, so that none tells which addresses have an account. */
export const wrongCode: Unauthorized = cause =>
  fieldProblem('code-wrong-or-expired', [{ path: 'body.code', message: 'the code is wrong or has expired' }], { cause })

interface Meaning {
  readonly unauthorized?: Unauthorized
  /** The field of the body that holds the password that Cognito may find too weak. */
  readonly passwordField?: string
}

const tokenNotValid = signInAgain('The access token is not valid. Sign in again.')

const refusal = (error: Error, { passwordField = 'body.password', unauthorized = tokenNotValid }: Meaning): Problem | undefined => {
  if (isLockedOut(error))
    return new Problem('too-many-attempts', 'Too many wrong passwords. Wait before the next try.', {
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
      return new Problem('password-reset-required', 'This account needs a new password: reset it.', { cause: error })
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

/** Calls Cognito, and says its refusals in this API's words. What it does not know goes on as it is: a fault. */
export const ask = async <Answer>(call: Promise<Answer>, meaning: Meaning = {}): Promise<Answer> => {
  try {
    return await call
  } catch (error) {
    throw (error instanceof Error ? refusal(error, meaning) : undefined) ?? error
  }
}

const tellsOfAccounts = new Set([...wrongCredentials, 'InvalidParameterException', 'UserNotConfirmedException'])

/** The same for a code to be sent: what Cognito refuses because of the account's state looks like success, so that nobody learns of it. */
export const askForCode = async (call: Promise<unknown>): Promise<void> => {
  const quiet = call.catch((error: unknown) => {
    if (!(error instanceof Error) || !tellsOfAccounts.has(error.name)) throw error
  })
  await ask(quiet)
}
