import { ok, serve } from '../../runtime/serve.ts'
import { requireOpenAccount } from '../attempts.ts'
import { passkeysOf } from '../passkeys.ts'
import { identityRoutes } from '../routes.ts'

export const handler = serve(identityRoutes['list-passkeys'], async ({ accessToken, request }) => {
  await requireOpenAccount(request)
  const passkeys = await passkeysOf(accessToken())
  const items = passkeys.map(passkey => ({
    passkeyId: passkey.CredentialId,
    name: passkey.FriendlyCredentialName,
    attachment: passkey.AuthenticatorAttachment ?? null,
    transports: passkey.AuthenticatorTransports,
    createdAt: passkey.CreatedAt?.toISOString(),
  }))
  return ok({ items })
})
