import { SetUserMFAPreferenceCommand } from '@aws-sdk/client-cognito-identity-provider'
import { noContent, serve } from '../../runtime/serve.ts'
import { mirror } from '../mirror.ts'
import { identityRoutes } from '../routes.ts'
import { confirmPassword } from '../step-up.ts'
import { ask, userPool } from '../user-pool.ts'

export const handler = serve(identityRoutes['remove-totp-devices'], async ({ accessToken, body, caller, request }) => {
  await confirmPassword(caller.subject, body.password, request)
  const off = new SetUserMFAPreferenceCommand({
    AccessToken: accessToken(),
    SoftwareTokenMfaSettings: { Enabled: false, PreferredMfa: false },
  })
  await ask(userPool().client.send(off))
  await mirror({ kind: 'mfa-changed', subject: caller.subject, mfaEnabled: false }, request)
  return noContent()
})
