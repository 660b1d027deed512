import { noContent, serve } from '../../runtime/serve.ts'
import { mirror } from '../mirror.ts'
import { passkeysOf, setAuthenticator } from '../passkeys.ts'
import { identityRoutes } from '../routes.ts'
import { confirmPassword } from '../step-up.ts'

export const handler = serve(identityRoutes['remove-totp-devices'], async ({ accessToken, body, caller, request }) => {
  await confirmPassword(caller.subject, body.password, request)
  const token = accessToken()
  await setAuthenticator(token, false, (await passkeysOf(token)).length > 0)
  await mirror({ kind: 'mfa-changed', subject: caller.subject, mfaEnabled: false }, request)
  return noContent()
})
