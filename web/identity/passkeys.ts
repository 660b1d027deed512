import type { ApiAnswer, ApiRequest } from '../../lambdas/api-types.ts'
import { publicApi } from '../shell/session.ts'

/** The browser made or gave no passkey: the person has cancelled, or there is none. */
export class NoPasskey extends Error {}

/** Whether this browser can use passkeys. */
export const hasPasskeys = (): boolean => typeof PublicKeyCredential !== 'undefined' && 'parseRequestOptionsFromJSON' in PublicKeyCredential

const ask = async (work: () => Promise<Credential | null>): Promise<PublicKeyCredential> => {
  const credential = await work().catch((error: unknown) => {
    throw error instanceof DOMException ? new NoPasskey(error.message) : error
  })
  if (!(credential instanceof PublicKeyCredential)) throw new NoPasskey('no credential')
  return credential
}

type CreationOptions = ApiAnswer<'POST /v1/identity/passkeys'>['options']
type Registration = ApiRequest<'POST /v1/identity/passkeys/verifications'>['body']['credential']

/** Lets the browser make a passkey, behind the lock of the device. @throws NoPasskey */
export const makePasskey = async (options: CreationOptions): Promise<Registration> => {
  const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(options)
  const credential = await ask(() => navigator.credentials.create({ publicKey }))
  // The page has just asked for a new one.
  return credential.toJSON() as unknown as Registration
}

/** Signs in with a passkey of the account. @throws NoPasskey */
export const signInWithPasskey = async (email: string): Promise<ApiAnswer<'POST /v1/identity/sessions'>> => {
  const { options, session } = await publicApi('POST /v1/identity/sessions/passkey-challenges', { body: { email } })
  const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(options)
  const credential = await ask(() => navigator.credentials.get({ publicKey }))
  return publicApi('POST /v1/identity/sessions/challenges', {
    body: { challenge: 'WEB_AUTHN', email, session, credential: credential.toJSON() as never, refreshTokenIn: 'cookie' },
  })
}
