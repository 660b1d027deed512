import { SetUserMFAPreferenceCommand, VerifySoftwareTokenCommand } from '@aws-sdk/client-cognito-identity-provider'
import { noContent, serve } from '../../runtime/serve.ts'
import { countOwnAttempt } from '../attempts.ts'
import { mirror } from '../mirror.ts'
import { identityRoutes } from '../routes.ts'
import { ask, userPool } from '../user-pool.ts'

export const handler = serve(identityRoutes['verify-totp-device'], async ({ accessToken, body, caller, request }) => {
  await countOwnAttempt('enrolment', request)
  const { client } = userPool()
  const token = { AccessToken: accessToken() }
  await ask(client.send(new VerifySoftwareTokenCommand({ ...token, UserCode: body.code })))
  await ask(client.send(new SetUserMFAPreferenceCommand({ ...token, SoftwareTokenMfaSettings: { Enabled: true, PreferredMfa: true } })))
  await mirror({ kind: 'mfa-changed', subject: caller.subject, mfaEnabled: true }, request)
  return noContent()
})
