import { AssociateSoftwareTokenCommand, GetUserCommand } from '@aws-sdk/client-cognito-identity-provider'
import { serve } from '../../runtime/serve.ts'
import { identityRoutes } from '../routes.ts'
import { confirmPassword } from '../step-up.ts'
import { ask, userPool } from '../user-pool.ts'

const issuer = 'Nestegg'

/** Key URI format of authenticator apps; the defaults (SHA-1, six digits, 30 seconds) are Cognito's. */
const keyUri = (account: string, secret: string) =>
  `otpauth://totp/${issuer}:${encodeURIComponent(account)}?${new URLSearchParams({ secret, issuer }).toString()}`

export const handler = serve(identityRoutes['create-totp-device'], async ({ accessToken, body, caller, request }) => {
  await confirmPassword(caller.subject, body.password, request)
  const { client } = userPool()
  const token = { AccessToken: accessToken() }
  const person = await ask(client.send(new GetUserCommand(token)))
  const { SecretCode: secret = '' } = await ask(client.send(new AssociateSoftwareTokenCommand(token)))
  const email = person.UserAttributes?.find(attribute => attribute.Name === 'email')?.Value ?? 'account'
  return { status: 201, body: { secret, uri: keyUri(email, secret) } }
})
