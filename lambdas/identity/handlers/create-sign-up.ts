import { SignUpCommand } from '@aws-sdk/client-cognito-identity-provider'
import { serve } from '../../runtime/serve.ts'
import { mirror } from '../mirror.ts'
import { identityRoutes } from '../routes.ts'
import { ask, userPool } from '../user-pool.ts'

export const handler = serve(identityRoutes['create-sign-up'], async ({ body, request }) => {
  const { client, clientId } = userPool()
  const { email, firstName, lastName, password } = body
  const answer = await ask(
    client.send(
      new SignUpCommand({ ClientId: clientId, Username: email, Password: password, UserAttributes: [{ Name: 'email', Value: email }] }),
    ),
  )
  const names = { ...(firstName === undefined ? {} : { firstName }), ...(lastName === undefined ? {} : { lastName }) }
  await mirror({ kind: 'signed-up', subject: answer.UserSub ?? '', email, ...names }, request)
  return { status: 202, body: { email, confirmed: answer.UserConfirmed ?? false } }
})
