import { CognitoIdentityProviderClient } from '@aws-sdk/client-cognito-identity-provider'
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
    const local = endpoint ? { endpoint, region: 'us-east-1', credentials: { accessKeyId: 'local', secretAccessKey: 'local' } } : {}
    opened = { key, pool: { client: new CognitoIdentityProviderClient(local), clientId } }
  }
  return opened.pool
}

const wrongCredentials = new Set(['NotAuthorizedException', 'UserNotFoundException'])

/** True when Cognito refuses even to look at a password because too many were wrong. */
export const isLockedOut = (error: unknown): boolean => error instanceof Error && error.message.startsWith('Password attempts exceeded')

const refusal = (error: Error, whenNotAuthorized: string): Problem | undefined => {
  const field = (path: string, message: string) => new Problem(422, message, { errors: [{ path, message }], cause: error })
  if (isLockedOut(error))
    return new Problem(429, 'Too many wrong passwords. Wait before the next try.', { headers: { 'retry-after': '60' }, cause: error })
  if (error.message === 'User is disabled.') return new Problem(403, 'This account is closed.', { cause: error })
  if (wrongCredentials.has(error.name))
    return new Problem(401, whenNotAuthorized, { cause: error, headers: { 'www-authenticate': 'Bearer' } })
  switch (error.name) {
    case 'UsernameExistsException':
    case 'AliasExistsException':
      return new Problem(409, 'This address has an account already. Sign in, or reset the password.', { cause: error })
    case 'InvalidPasswordException':
      return field(
        'body.password',
        'The password is too weak: 12 characters or more, with upper and lower case letters, a digit and a symbol.',
      )
    case 'PasswordHistoryPolicyViolationException':
      return field('body.newPassword', 'This password was used before.')
    case 'CodeMismatchException':
    case 'EnableSoftwareTokenMFAException':
      return field('body.code', 'The code is not the right one.')
    case 'ExpiredCodeException':
      return field('body.code', 'The code has expired. Ask for a new one.')
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

/**
 * Calls Cognito, and says its refusals in this API's words. What it does not know goes on as it is: a fault.
 * @param whenNotAuthorized what "not authorized" means for this call, in words for the caller
 */
export const ask = async <Answer>(
  call: Promise<Answer>,
  whenNotAuthorized = 'The access token is not valid. Sign in again.',
): Promise<Answer> => {
  try {
    return await call
  } catch (error) {
    throw (error instanceof Error ? refusal(error, whenNotAuthorized) : undefined) ?? error
  }
}
