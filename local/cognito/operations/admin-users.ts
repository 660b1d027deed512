import { randomUUID } from 'node:crypto'
import type { AdminCreateUserResponse, AdminGetUserResponse, UserType } from '@aws-sdk/client-cognito-identity-provider'
import * as z from 'zod'
import { assertEmail, attributeList, listAttributes, writeAttributesAsAdmin } from '../attributes.ts'
import { UserPoolError, userIsDisabled } from '../errors.ts'
import { mfaSettings } from '../mfa-settings.ts'
import { adminOperation, adminUserOperation, text, type Wire } from '../operation.ts'
import { assertPasswordPolicy, generateTemporaryPassword, hashPassword } from '../passwords.ts'
import { deliver, removeUser, signOutEverywhere } from '../pool.ts'
import type { User } from '../state-file.ts'

const temporaryPasswordValidityMs = 7 * 24 * 3_600_000

/** A user as AdminCreateUser and ListUsers show it. */
export const describeUser = (user: User): Wire<UserType> => ({
  Username: user.sub,
  Attributes: listAttributes(user),
  UserCreateDate: user.createdAtMs / 1000,
  UserLastModifiedDate: user.updatedAtMs / 1000,
  Enabled: user.enabled,
  UserStatus: user.status,
})

/** Creates a user with a temporary password, valid for seven days, and mails an invitation unless MessageAction is SUPPRESS. */
const adminCreateUser = adminOperation(
  {
    Username: text,
    TemporaryPassword: text.optional(),
    UserAttributes: attributeList.default([]),
    MessageAction: z.literal('SUPPRESS').optional(),
  },
  async (pool, { Username, TemporaryPassword, UserAttributes, MessageAction }): Promise<Wire<AdminCreateUserResponse>> => {
    assertEmail(Username)
    if (pool.directory.find(Username)) throw new UserPoolError('UsernameExistsException', 'User account already exists')
    const attributes = writeAttributesAsAdmin({ email: Username, emailVerified: false, attributes: {} }, UserAttributes)
    if (attributes.email.toLowerCase() !== Username.toLowerCase()) {
      throw new UserPoolError('InvalidParameterException', 'The email attribute differs from the Username, which is the email address.')
    }
    const password = TemporaryPassword ?? generateTemporaryPassword()
    assertPasswordPolicy(password)
    const user = await pool.directory.insert({
      sub: randomUUID(),
      ...attributes,
      status: 'FORCE_CHANGE_PASSWORD',
      enabled: true,
      passwordHash: await hashPassword(password),
      temporaryPasswordExpiresAtMs: pool.clock() + temporaryPasswordValidityMs,
      groups: [],
      passkeys: [],
      passkeyMfa: false,
    })
    if (MessageAction !== 'SUPPRESS') deliver(pool, { email: user.email, code: password, purpose: 'invitation' })
    return { User: describeUser(user) }
  },
)

/** Sets a permanent password, or one to be changed at the next sign-in. Issued tokens stay valid: AdminUserGlobalSignOut revokes them. */
const adminSetUserPassword = adminUserOperation(
  { Password: text, Permanent: z.boolean().default(false) },
  async (pool, user, { Password, Permanent }) => {
    assertPasswordPolicy(Password)
    await pool.directory.update(user, {
      passwordHash: await hashPassword(Password),
      status: Permanent ? 'CONFIRMED' : 'FORCE_CHANGE_PASSWORD',
      temporaryPasswordExpiresAtMs: Permanent ? undefined : pool.clock() + temporaryPasswordValidityMs,
    })
    return {}
  },
)

/** Removes the password, and sends a code for a new one to the verified address. */
const adminResetUserPassword = adminUserOperation({}, async (pool, user) => {
  if (!user.enabled) throw userIsDisabled()
  if (user.status !== 'CONFIRMED' && user.status !== 'RESET_REQUIRED') {
    throw new UserPoolError('NotAuthorizedException', 'User password cannot be reset in the current state.')
  }
  if (!user.emailVerified) {
    throw new UserPoolError(
      'InvalidParameterException',
      'Cannot reset password for the user as there is no registered/verified email or phone_number',
    )
  }
  const code = pool.codes.issue(user.sub, 'password-reset')
  await pool.directory.update(user, { status: 'RESET_REQUIRED' })
  signOutEverywhere(pool, user)
  deliver(pool, { email: user.email, code, purpose: 'password-reset' })
  return {}
})

const adminGetUser = adminUserOperation({}, async (_pool, user): Promise<Wire<AdminGetUserResponse>> => {
  const { Attributes, Username: _, ...description } = describeUser(user)
  return { Username: user.sub, UserAttributes: Attributes, ...description, ...mfaSettings(user) }
})

const adminUpdateUserAttributes = adminUserOperation({ UserAttributes: attributeList }, async (pool, user, { UserAttributes }) => {
  const changes = writeAttributesAsAdmin(user, UserAttributes)
  const owner = pool.directory.find(changes.email)
  if (owner && owner.sub !== user.sub) throw new UserPoolError('AliasExistsException', 'An account with the email already exists.')
  await pool.directory.update(user, changes)
  return {}
})

/** Confirms a user without a code; the email address stays unverified. */
const adminConfirmSignUp = adminUserOperation({}, async (pool, user) => {
  if (user.status !== 'UNCONFIRMED') {
    throw new UserPoolError('NotAuthorizedException', `User cannot be confirmed. Current status is ${user.status}`)
  }
  await pool.directory.update(user, { status: 'CONFIRMED' })
  return {}
})

const adminDisableUser = adminUserOperation({}, async (pool, user) => {
  await pool.directory.update(user, { enabled: false })
  signOutEverywhere(pool, user)
  return {}
})

const adminEnableUser = adminUserOperation({}, async (pool, user) => {
  await pool.directory.update(user, { enabled: true })
  return {}
})

const adminDeleteUser = adminUserOperation({}, async (pool, user) => {
  await removeUser(pool, user)
  return {}
})

const adminUserGlobalSignOut = adminUserOperation({}, async (pool, user) => {
  signOutEverywhere(pool, user)
  return {}
})

export const adminUserOperations = {
  AdminCreateUser: adminCreateUser,
  AdminSetUserPassword: adminSetUserPassword,
  AdminResetUserPassword: adminResetUserPassword,
  AdminGetUser: adminGetUser,
  AdminUpdateUserAttributes: adminUpdateUserAttributes,
  AdminConfirmSignUp: adminConfirmSignUp,
  AdminDisableUser: adminDisableUser,
  AdminEnableUser: adminEnableUser,
  AdminDeleteUser: adminDeleteUser,
  AdminUserGlobalSignOut: adminUserGlobalSignOut,
}
