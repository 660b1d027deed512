import { randomUUID } from 'node:crypto'
import type { ConfirmSignUpResponse, ResendConfirmationCodeResponse, SignUpResponse } from '@aws-sdk/client-cognito-identity-provider'
import { attributeList, writeSignUpAttributes } from '../attributes.ts'
import { noSuchCode } from '../codes.ts'
import { UserPoolError } from '../errors.ts'
import { clientOperation, text, type Wire } from '../operation.ts'
import { assertPasswordPolicy, hashPassword } from '../passwords.ts'
import { deliver, deliveryDetails } from '../pool.ts'

/** Creates an unconfirmed user and sends the code that confirms the email address. */
const signUp = clientOperation(
  { Username: text, Password: text, UserAttributes: attributeList.default([]) },
  async (pool, { Username, Password, UserAttributes }): Promise<Wire<SignUpResponse>> => {
    const attributes = writeSignUpAttributes(Username, UserAttributes)
    assertPasswordPolicy(Password)
    // Before the look at the address, so that both answers take the same time.
    const passwordHash = await hashPassword(Password)
    if (pool.directory.find(Username)) throw new UserPoolError('UsernameExistsException', 'User already exists')
    const user = await pool.directory.insert({
      sub: randomUUID(),
      email: Username,
      emailVerified: false,
      attributes,
      status: 'UNCONFIRMED',
      enabled: true,
      passwordHash,
      groups: [],
      passkeys: [],
      passkeyMfa: false,
    })
    deliver(pool, { email: user.email, code: pool.codes.issue(user.sub, 'sign-up'), purpose: 'sign-up' })
    return { UserConfirmed: false, UserSub: user.sub, CodeDeliveryDetails: deliveryDetails(user.email) }
  },
)

/** Confirms the user and the email address. For an unknown user the answer is that of a code that was never sent. */
const confirmSignUp = clientOperation(
  { Username: text, ConfirmationCode: text },
  async (pool, { Username, ConfirmationCode }): Promise<Wire<ConfirmSignUpResponse>> => {
    const user = pool.directory.find(Username)
    if (!user) throw noSuchCode()
    if (user.status !== 'UNCONFIRMED') {
      throw new UserPoolError('NotAuthorizedException', `User cannot be confirmed. Current status is ${user.status}`)
    }
    pool.codes.redeem(user.sub, 'sign-up', ConfirmationCode)
    await pool.directory.update(user, { status: 'CONFIRMED', emailVerified: true })
    return {}
  },
)

/** Sends another sign-up code. For an unknown or disabled user the answer is the same, and no code is sent. */
const resendConfirmationCode = clientOperation(
  { Username: text },
  async (pool, { Username }): Promise<Wire<ResendConfirmationCodeResponse>> => {
    const user = pool.directory.find(Username)
    if (!user?.enabled) return { CodeDeliveryDetails: deliveryDetails(Username) }
    if (user.status !== 'UNCONFIRMED') throw new UserPoolError('InvalidParameterException', 'User is already confirmed.')
    deliver(pool, { email: user.email, code: pool.codes.issue(user.sub, 'sign-up'), purpose: 'sign-up' })
    return { CodeDeliveryDetails: deliveryDetails(user.email) }
  },
)

export const signUpOperations = { SignUp: signUp, ConfirmSignUp: confirmSignUp, ResendConfirmationCode: resendConfirmationCode }
