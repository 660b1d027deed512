import { CompleteWebAuthnRegistrationCommand } from '@aws-sdk/client-cognito-identity-provider'
import { noContent, serve } from '../../runtime/serve.ts'
import { countOwnAttempt } from '../attempts.ts'
import { mirror } from '../mirror.ts'
import { hasAuthenticator, setAuthenticator } from '../passkeys.ts'
import { identityRoutes } from '../routes.ts'
import { ask, userPool } from '../user-pool.ts'

export const handler = serve(identityRoutes['verify-passkey'], async ({ accessToken, body, caller, request }) => {
  await countOwnAttempt('enrolment', request)
  const token = accessToken()
  const complete = new CompleteWebAuthnRegistrationCommand({ AccessToken: token, Credential: JSON.parse(JSON.stringify(body.credential)) })
  await ask(userPool().client.send(complete))
  const mfaEnabled = await hasAuthenticator(token)
  if (mfaEnabled) await setAuthenticator(token, true, true)
  await mirror({ kind: 'mfa-changed', subject: caller.subject, mfaEnabled }, request)
  return noContent()
})
