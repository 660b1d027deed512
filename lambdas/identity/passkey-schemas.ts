import * as z from 'zod'
import { instant, nameSchemas } from '../runtime/schemas.ts'

/** Longer than any part of a credential that a browser sends. */
const base64url = z
  .string()
  .max(65_536)
  .regex(/^[\w-]+$/, 'must be base64url')
  .meta({ id: 'Base64Url', description: 'Bytes in base64url, without padding.' })

export const passkeyId = z
  .string()
  .max(1400)
  .regex(/^[\w-]+$/, 'must be base64url')
  .meta({ id: 'PasskeyId', description: 'The id of a passkey, in base64url.' })

// Not closed, because a newer browser adds fields.
const credential = <Response extends z.ZodRawShape>(response: Response) =>
  z.looseObject({
    id: base64url.describe('The id of the passkey.'),
    rawId: base64url.describe('The same.'),
    type: z.literal('public-key').describe('The only type.'),
    response: z
      .looseObject({ clientDataJSON: base64url.describe('What the browser has checked.'), ...response })
      .describe('The answer of the authenticator.'),
  })

/** RegistrationResponseJSON of WebAuthn. */
export const passkeyRegistration = credential({
  attestationObject: base64url.describe('The key of the passkey, signed.'),
  transports: z.array(z.string().max(64)).max(16).optional().describe('How a device reaches the passkey.'),
}).describe('The answer of `navigator.credentials.create`, as its `toJSON` gives it.')

/** AuthenticationResponseJSON of WebAuthn. */
export const passkeyAssertion = credential({
  authenticatorData: base64url.describe('What the authenticator has checked.'),
  signature: base64url.describe('The signature of both.'),
}).describe('The answer of `navigator.credentials.get`, as its `toJSON` gives it.')

/** PublicKeyCredentialCreationOptionsJSON of WebAuthn, as the user pool gives it. */
export const passkeyCreationOptions = z
  .looseObject({
    challenge: z.string(),
    rp: z.looseObject({ id: z.string().optional(), name: z.string() }),
    user: z.looseObject({ id: z.string(), name: z.string(), displayName: z.string() }),
    pubKeyCredParams: z.array(z.looseObject({ type: z.literal('public-key'), alg: z.int() })),
  })
  .describe('For `PublicKeyCredential.parseCreationOptionsFromJSON`.')

const passkeyRequestOptions = z
  .strictObject({ challenge: z.string(), rpId: z.string(), timeout: z.int(), userVerification: z.literal('required') })
  .describe('For `PublicKeyCredential.parseRequestOptionsFromJSON`. `timeout` is in milliseconds.')

export const passkeyChallenge = z.strictObject({
  challenge: z.literal('WEB_AUTHN'),
  session: z.string(),
  options: passkeyRequestOptions,
})

export const passkey = z.strictObject({
  passkeyId,
  name: z.string().describe('A name that the user pool has chosen.'),
  attachment: z
    .string()
    .nullable()
    .describe('`platform` for a passkey of the device itself, `cross-platform` for one that can be unplugged.'),
  transports: z.array(z.string()).describe('How a device reaches the passkey, such as `internal` or `usb`.'),
  createdAt: instant,
})

nameSchemas({ Passkey: passkey, PasskeyChallenge: passkeyChallenge })
