import { useApi } from '../api.ts'

/** Whether the person has an authenticator app or a passkey; undefined if that cannot be read. */
export const useSecondFactor = (): { readonly isPending: boolean; readonly isSecured: boolean | undefined } => {
  const { data: me, isPending } = useApi('GET /v1/identity/me')
  const hasNoApp = me?.mfaEnabled === false
  const passkeys = useApi('GET /v1/identity/passkeys', {}, { enabled: hasNoApp })
  return {
    isPending: isPending || (hasNoApp && passkeys.isPending),
    isSecured: me && (me.mfaEnabled || (passkeys.data && passkeys.data.items.length > 0)),
  }
}
