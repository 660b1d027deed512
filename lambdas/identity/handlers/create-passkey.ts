import { StartWebAuthnRegistrationCommand } from '@aws-sdk/client-cognito-identity-provider'
import * as z from 'zod'
import { Problem } from '../../runtime/problem.ts'
import { serve } from '../../runtime/serve.ts'
import { relyingPartyId } from '../passkeys.ts'
import { identityRoutes } from '../routes.ts'
import { confirmPassword } from '../step-up.ts'
import { ask, userPool } from '../user-pool.ts'

const creationOptions = z.looseObject({ authenticatorSelection: z.looseObject({}).optional() })

/** The authenticator must know its passkeys by itself, since a sign-in does not name them: see create-passkey-challenge. */
const selection = { residentKey: 'required', requireResidentKey: true, userVerification: 'required' }

export const handler = serve(identityRoutes['create-passkey'], async ({ accessToken, body, caller, request }) => {
  relyingPartyId()
  await confirmPassword(caller.subject, body.password, request)
  const start = userPool().client.send(new StartWebAuthnRegistrationCommand({ AccessToken: accessToken() }))
  const begun = start.catch((error: unknown) => {
    if (!(error instanceof Error) || error.name !== 'LimitExceededException') throw error
    throw new Problem('too-many-passkeys', 'You have the maximum number of passkeys. Remove one first.', { cause: error })
  })
  const { CredentialCreationOptions } = await ask(begun)
  const options = creationOptions.parse(CredentialCreationOptions)
  return { status: 201, body: { options: { ...options, authenticatorSelection: { ...options.authenticatorSelection, ...selection } } } }
})
