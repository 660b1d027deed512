import { VerifySoftwareTokenCommand } from '@aws-sdk/client-cognito-identity-provider'
import { noContent, serve } from '../../runtime/serve.ts'
import { countOwnAttempt } from '../attempts.ts'
import { mirror } from '../mirror.ts'
import { passkeysOf, setAuthenticator } from '../passkeys.ts'
import { identityRoutes } from '../routes.ts'
import { ask, userPool } from '../user-pool.ts'

export const handler = serve(identityRoutes['verify-totp-device'], async ({ accessToken, body, caller, request }) => {
  await countOwnAttempt('enrolment', request)
  const { client } = userPool()
  const token = accessToken()
  await ask(client.send(new VerifySoftwareTokenCommand({ AccessToken: token, UserCode: body.code })))
  await setAuthenticator(token, true, (await passkeysOf(token)).length > 0)
  await mirror({ kind: 'mfa-changed', subject: caller.subject, mfaEnabled: true }, request)
  return noContent()
})
