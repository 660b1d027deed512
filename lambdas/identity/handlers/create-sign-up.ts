import { SignUpCommand } from '@aws-sdk/client-cognito-identity-provider'
import { sendMail } from '../../runtime/mail.ts'
import { logger } from '../../runtime/observability.ts'
import { serve } from '../../runtime/serve.ts'
import { existingAccountMail } from '../account-mail.ts'
import { countAttempt } from '../attempts.ts'
import { mirror } from '../mirror.ts'
import { refuseWeak } from '../password-policy.ts'
import { identityRoutes } from '../routes.ts'
import { answeredAtSameTime } from '../same-time.ts'
import { ask, userPool } from '../user-pool.ts'

const exists = new Set(['UsernameExistsException', 'AliasExistsException'])

export const handler = serve(identityRoutes['create-sign-up'], ({ body, request }) =>
  answeredAtSameTime(async () => {
    const { client, clientId } = userPool()
    const { email, firstName, lastName, password } = body
    refuseWeak('body.password', password)
    await countAttempt('sign-up', email, request)
    const signUp = new SignUpCommand({
      ClientId: clientId,
      Username: email,
      Password: password,
      UserAttributes: [{ Name: 'email', Value: email }],
    })
    const made = client.send(signUp).catch((error: unknown) => {
      if (error instanceof Error && exists.has(error.name)) return undefined
      throw error
    })
    const answer = await ask(made)
    if (answer) {
      const names = { ...(firstName === undefined ? {} : { firstName }), ...(lastName === undefined ? {} : { lastName }) }
      await mirror({ kind: 'signed-up', subject: answer.UserSub ?? '', email, ...names }, request)
    } else {
      // The owner of the address learns it by mail. The caller gets the answer of a new account.
      await sendMail(existingAccountMail(email)).catch((error: unknown) =>
        logger.error('the mail to an account could not be sent', { error }),
      )
    }
    return { status: 202, body: { email, confirmed: false } }
  }),
)
