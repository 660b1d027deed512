import type { ForgotPasswordResponse } from '@aws-sdk/client-cognito-identity-provider'
import { codeMismatch } from '../codes.ts'
import { incorrectCredentials, UserPoolError } from '../errors.ts'
import { clientOperation, text, userOperation, type Wire } from '../operation.ts'
import { assertPasswordPolicy, hashPassword, verifyPassword } from '../passwords.ts'
import { deliver, deliveryDetails, signOutEverywhere } from '../pool.ts'

/** Changes the password of a signed-in user, who gives the current one. Allows five wrong ones within an hour. */
const changePassword = userOperation(
  { PreviousPassword: text, ProposedPassword: text },
  async (pool, user, { PreviousPassword, ProposedPassword }) => {
    pool.passwordChanges.assertWithin(user.sub)
    if (!(await verifyPassword(PreviousPassword, user.passwordHash))) {
      pool.passwordChanges.record(user.sub)
      throw incorrectCredentials()
    }
    assertPasswordPolicy(ProposedPassword)
    await pool.directory.update(user, { passwordHash: await hashPassword(ProposedPassword) })
    pool.passwordChanges.clear(user.sub)
    return {}
  },
)

/**
 * Sends a code to the verified address. For a user who is unknown, disabled or without a verified address the answer is the same, and no
 * code is sent.
 */
const forgotPassword = clientOperation({ Username: text }, async (pool, { Username }): Promise<Wire<ForgotPasswordResponse>> => {
  const user = pool.directory.find(Username)
  if (!user?.enabled || !user.emailVerified) return { CodeDeliveryDetails: deliveryDetails(Username) }
  if (user.status === 'FORCE_CHANGE_PASSWORD') {
    throw new UserPoolError('NotAuthorizedException', 'User password cannot be reset in the current state.')
  }
  deliver(pool, { email: user.email, code: pool.codes.issue(user.sub, 'password-reset'), purpose: 'password-reset' })
  return { CodeDeliveryDetails: deliveryDetails(user.email) }
})

/**
 * Sets the new password, ends the lockout and signs the user out everywhere. For an unknown or disabled user the answer is that of a wrong
 * code.
 */
const confirmForgotPassword = clientOperation(
  { Username: text, ConfirmationCode: text, Password: text },
  async (pool, { Username, ConfirmationCode, Password }) => {
    assertPasswordPolicy(Password)
    // Before the look at the address and the code, so that all answers take the same time.
    const passwordHash = await hashPassword(Password)
    const user = pool.directory.find(Username)
    if (!user?.enabled) throw codeMismatch()
    pool.codes.redeem(user.sub, 'password-reset', ConfirmationCode)
    await pool.directory.update(user, {
      passwordHash,
      status: 'CONFIRMED',
      temporaryPasswordExpiresAtMs: undefined,
    })
    pool.lockouts.clear(`password:${user.sub}`)
    signOutEverywhere(pool, user)
    return {}
  },
)

export const passwordOperations = {
  ChangePassword: changePassword,
  ForgotPassword: forgotPassword,
  ConfirmForgotPassword: confirmForgotPassword,
}
