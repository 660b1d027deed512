/** The error types of the Cognito user pools API that the local pool answers with; names as in the API reference. */
export type UserPoolErrorType =
  | 'AliasExistsException'
  | 'CodeDeliveryFailureException'
  | 'CodeMismatchException'
  | 'EnableSoftwareTokenMFAException'
  | 'ExpiredCodeException'
  | 'GroupExistsException'
  | 'InvalidParameterException'
  | 'InvalidPasswordException'
  | 'LimitExceededException'
  | 'NotAuthorizedException'
  | 'PasswordResetRequiredException'
  | 'RefreshTokenReuseException'
  | 'ResourceNotFoundException'
  | 'SerializationException'
  | 'SoftwareTokenMFANotFoundException'
  | 'UnknownOperationException'
  | 'UnsupportedTokenTypeException'
  | 'UsernameExistsException'
  | 'UserNotConfirmedException'
  | 'UserNotFoundException'
  | 'WebAuthnChallengeNotFoundException'
  | 'WebAuthnCredentialNotSupportedException'
  | 'WebAuthnOriginNotAllowedException'

/** A refusal, answered as HTTP 400 with this type and message. Any other error is a fault of the local pool. */
export class UserPoolError extends Error {
  override readonly name = 'UserPoolError'
  readonly type: UserPoolErrorType

  constructor(type: UserPoolErrorType, message: string, options?: ErrorOptions) {
    super(message, options)
    this.type = type
  }
}

/** The one answer to a wrong password and to an unknown user, so that the answer does not show which accounts exist. */
export const incorrectCredentials = (): UserPoolError => new UserPoolError('NotAuthorizedException', 'Incorrect username or password.')

/** The answer to any use of an account that an administrator has disabled. */
export const userIsDisabled = (): UserPoolError => new UserPoolError('NotAuthorizedException', 'User is disabled.')
