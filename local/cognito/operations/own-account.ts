import type { GetUserResponse, UpdateUserAttributesResponse } from '@aws-sdk/client-cognito-identity-provider'
import { attributeList, listAttributes, writeOwnAttributes } from '../attributes.ts'
import { UserPoolError } from '../errors.ts'
import { mfaSettings } from '../mfa-settings.ts'
import { clientOperation, text, userOperation, type Wire } from '../operation.ts'
import { removeUser, signOutEverywhere } from '../pool.ts'

/** Returns the signed-in user. */
const getUser = userOperation(
  {},
  async (_pool, user): Promise<Wire<GetUserResponse>> => ({
    Username: user.sub,
    UserAttributes: listAttributes(user),
    ...mfaSettings(user),
  }),
)

/** Changes name parts; a client may write no other attribute. */
const updateUserAttributes = userOperation(
  { UserAttributes: attributeList },
  async (pool, user, { UserAttributes }): Promise<Wire<UpdateUserAttributesResponse>> => {
    await pool.directory.update(user, { attributes: writeOwnAttributes(user.attributes, UserAttributes) })
    return { CodeDeliveryDetailsList: [] }
  },
)

/** Deletes the signed-in user. */
const deleteUser = userOperation({}, async (pool, user) => {
  await removeUser(pool, user)
  return {}
})

/** Revokes all tokens of the signed-in user. */
const globalSignOut = userOperation({}, async (pool, user) => {
  signOutEverywhere(pool, user)
  return {}
})

/** Revokes one refresh token and the access tokens issued from it. A second call changes nothing. */
const revokeToken = clientOperation({ Token: text }, async (pool, { Token }) => {
  const grant = pool.grants.byRefreshToken(Token)
  if (!grant) throw new UserPoolError('UnsupportedTokenTypeException', 'Unsupported token type')
  pool.grants.revoke(grant.id)
  return {}
})

export const ownAccountOperations = {
  GetUser: getUser,
  UpdateUserAttributes: updateUserAttributes,
  DeleteUser: deleteUser,
  GlobalSignOut: globalSignOut,
  RevokeToken: revokeToken,
}
