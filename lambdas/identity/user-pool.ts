import { CognitoIdentityProviderClient } from '@aws-sdk/client-cognito-identity-provider'
import { clientSettings } from '../runtime/client-settings.ts'
import { readEnvironment, required } from '../runtime/environment.ts'
import { Problem } from '../runtime/problem.ts'

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

const field = (path: string, message: string, cause: Error) => new Problem(422, message, { errors: [{ path, message }], cause })

export const signInAgain =
  (detail: string): Unauthorized =>
  cause =>
    cause.message === 'User is disabled.'
      ? new Problem(403, 'This account is closed.', { cause })
      : new Problem(401, detail, { cause, headers: { 'www-authenticate': 'Bearer' } })

/** One answer to a wrong code, one that has expired and one that nobody waits for, so that none tells which addresses have an account. */
export const wrongCode: Unauthorized = cause => field('body.code', 'The code is not the right one, or not any more.', cause)

interface Meaning {
  readonly unauthorized?: Unauthorized
  /** The field of the body that holds the password that Cognito may find too weak. */
  readonly passwordField?: string
}

const tokenNotValid = signInAgain('The access token is not valid. Sign in again.')

const refusal = (error: Error, { passwordField = 'body.password', unauthorized = tokenNotValid }: Meaning): Problem | undefined => {
  if (isLockedOut(error))
    return new Problem(429, 'Too many wrong passwords. Wait before the next try.', { headers: { 'retry-after': '60' }, cause: error })
  if (wrongCredentials.has(error.name)) return unauthorized(error)
  switch (error.name) {
    case 'UsernameExistsException':
    case 'AliasExistsException':
      return new Problem(409, 'This address has an account already. Sign in, or reset the password.', { cause: error })
    case 'InvalidPasswordException':
      return field(
        passwordField,
        'The password is too weak: 12 characters or more, with upper and lower case letters, a digit and a symbol.',
        error,
      )
    case 'PasswordHistoryPolicyViolationException':
      return field(passwordField, 'This password was used before.', error)
    case 'CodeMismatchException':
    case 'EnableSoftwareTokenMFAException':
    case 'ExpiredCodeException':
      return wrongCode(error)
    case 'UserNotConfirmedException':
      return new Problem(403, 'Confirm the address first, with the code that was sent to it.', { cause: error })
    case 'PasswordResetRequiredException':
      return new Problem(403, 'This account needs a new password: reset it.', { cause: error })
    case 'SoftwareTokenMFANotFoundException':
      return new Problem(422, 'No authenticator app is enrolled.', { cause: error })
    case 'InvalidParameterException':
      return new Problem(422, 'The user pool refuses this request.', { cause: error })
    case 'LimitExceededException':
    case 'TooManyFailedAttemptsException':
    case 'TooManyRequestsException':
      return new Problem(429, 'Too many attempts. Wait before the next one.', { headers: { 'retry-after': '60' }, cause: error })
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
