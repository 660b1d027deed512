import type { ListWebAuthnCredentialsResponse } from '@aws-sdk/client-cognito-identity-provider'
import * as z from 'zod'
import { UserPoolError } from '../errors.ts'
import { text, userOperation, type Wire } from '../operation.ts'
import { relyingPartyId } from '../passkeys.ts'

/** Begins the registration of a passkey of the signed-in user. */
const startWebAuthnRegistration = userOperation({}, async (pool, user) => ({
  CredentialCreationOptions: await pool.passkeyRegistrations.begin(user),
}))

/** Stores a passkey, once its authenticator has answered the challenge. */
const completeWebAuthnRegistration = userOperation({ Credential: z.unknown() }, async (pool, user, { Credential }) => {
  const passkey = await pool.passkeyRegistrations.complete(user, Credential)
  if (pool.directory.users.some(({ passkeys }) => passkeys.some(({ id }) => id === passkey.id)))
    throw new UserPoolError('WebAuthnCredentialNotSupportedException', 'The credential is registered already.')
  await pool.directory.update(user, { passkeys: [...user.passkeys, passkey] })
  return {}
})

/** The passkeys of the signed-in user, on one page: a user has at most as many as a page. */
const listWebAuthnCredentials = userOperation(
  {},
  async (_pool, user): Promise<Wire<ListWebAuthnCredentialsResponse>> => ({
    Credentials: user.passkeys.map(({ attachment, createdAtMs, id, name, transports }) => ({
      CredentialId: id,
      FriendlyCredentialName: name,
      RelyingPartyId: relyingPartyId,
      ...(attachment === undefined ? {} : { AuthenticatorAttachment: attachment }),
      AuthenticatorTransports: transports,
      CreatedAt: createdAtMs / 1000,
    })),
  }),
)

/** Removes a passkey of the signed-in user. */
const deleteWebAuthnCredential = userOperation({ CredentialId: text }, async (pool, user, { CredentialId }) => {
  const passkeys = user.passkeys.filter(({ id }) => id !== CredentialId)
  if (passkeys.length === user.passkeys.length) throw new UserPoolError('ResourceNotFoundException', 'WebAuthn credential does not exist.')
  await pool.directory.update(user, { passkeys })
  return {}
})

export const passkeyOperations = {
  StartWebAuthnRegistration: startWebAuthnRegistration,
  CompleteWebAuthnRegistration: completeWebAuthnRegistration,
  ListWebAuthnCredentials: listWebAuthnCredentials,
  DeleteWebAuthnCredential: deleteWebAuthnCredential,
}
