import {
  type AuthenticationResponseJSON,
  generateRegistrationOptions,
  type PublicKeyCredentialCreationOptionsJSON,
  type RegistrationResponseJSON,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
} from '@simplewebauthn/server'
import * as z from 'zod'
import { UserPoolError, type UserPoolErrorType } from './errors.ts'
import type { Passkey, User } from './state-file.ts'

/** Passkeys of this machine work at `localhost` only: browsers refuse an address as the name of a relying party. */
export const relyingPartyId = 'localhost'

/** Of Cognito, for a user. */
const mostPasskeys = 20
const registrationMs = 5 * 60_000

const transports = z.array(z.string()).optional()
const credential = z.looseObject({ id: z.string(), response: z.looseObject({ clientDataJSON: z.string(), transports }) })
const clientData = z.object({ challenge: z.string(), origin: z.string() })

const refuse = (type: UserPoolErrorType, message: string, cause?: unknown): never => {
  throw new UserPoolError(type, message, { cause })
}

/** The parts of a credential that are read here. The library checks the rest. */
const parse = (value: unknown): z.output<typeof credential> => {
  const parsed = credential.safeParse(value)
  if (!parsed.success) return refuse('InvalidParameterException', 'The credential is not the JSON of a public key credential.')
  return parsed.data
}

const readClientData = ({ response }: z.output<typeof credential>): z.output<typeof clientData> => {
  try {
    return clientData.parse(JSON.parse(Buffer.from(response.clientDataJSON, 'base64url').toString()))
  } catch (cause) {
    return refuse('InvalidParameterException', 'The client data of the credential are not JSON.', cause)
  }
}

/** The registrations of passkeys that have begun: the newest of each user. They are in memory only. */
export class PasskeyRegistrations {
  readonly #begun = new Map<string, { challenge: string; expiresAtMs: number }>()
  readonly #clock: () => number
  readonly #origins: () => readonly string[]

  constructor(clock: () => number, origins: () => readonly string[]) {
    this.#clock = clock
    this.#origins = origins
  }

  /** Begins one. @throws UserPoolError LimitExceededException for a user with twenty passkeys. */
  async begin(user: User): Promise<PublicKeyCredentialCreationOptionsJSON> {
    if (user.passkeys.length >= mostPasskeys) refuse('LimitExceededException', 'The user has too many passkeys.')
    const options = await generateRegistrationOptions({
      rpName: 'Nestegg',
      rpID: relyingPartyId,
      userName: user.email,
      userDisplayName: user.email,
      userID: new TextEncoder().encode(user.sub),
      excludeCredentials: user.passkeys.map(({ id, transports }) => ({ id, transports })),
      authenticatorSelection: { residentKey: 'preferred', userVerification: 'required' },
      supportedAlgorithmIDs: [-7, -257],
    })
    this.#begun.set(user.sub, { challenge: options.challenge, expiresAtMs: this.#clock() + registrationMs })
    return options
  }

  /** The passkey of a correct answer. An answer counts once. @throws UserPoolError for a wrong one, with Cognito's types. */
  async complete(user: User, answer: unknown): Promise<Passkey> {
    const sent = parse(answer)
    const response = sent as unknown as RegistrationResponseJSON
    const begun = this.#begun.get(user.sub)
    this.#begun.delete(user.sub)
    const data = readClientData(sent)
    if (!begun || this.#clock() >= begun.expiresAtMs || data.challenge !== begun.challenge)
      return refuse('WebAuthnChallengeNotFoundException', 'No registration with this challenge has begun.')
    if (!this.#origins().includes(data.origin))
      return refuse('WebAuthnOriginNotAllowedException', `The origin ${data.origin} is not allowed.`)
    const { registrationInfo } = await verifyRegistrationResponse({
      response,
      expectedChallenge: begun.challenge,
      expectedOrigin: data.origin,
      expectedRPID: relyingPartyId,
      supportedAlgorithmIDs: [-7, -257],
    }).catch((cause: unknown) => refuse('WebAuthnCredentialNotSupportedException', 'The credential cannot be used.', cause))
    if (!registrationInfo) return refuse('WebAuthnCredentialNotSupportedException', 'The attestation of the credential is wrong.')
    const { counter, publicKey } = registrationInfo.credential
    const { authenticatorAttachment: attachment } = response
    return {
      id: sent.id,
      publicKey: Buffer.from(publicKey).toString('base64url'),
      counter,
      transports: sent.response.transports ?? [],
      name: attachment === 'platform' ? 'This device' : 'Security key',
      ...(attachment ? { attachment } : {}),
      createdAtMs: this.#clock(),
    }
  }
}

/** The passkey of a user that has signed a challenge, with its new counter. @throws UserPoolError NotAuthorizedException otherwise. */
export const verifyPasskey = async (user: User, challenge: string, origins: readonly string[], answer: unknown): Promise<Passkey> => {
  const sent = parse(answer)
  const wrong = (cause?: unknown) => refuse('NotAuthorizedException', 'Incorrect passkey.', cause)
  const passkey = user.passkeys.find(known => known.id === sent.id)
  if (!passkey) return wrong()
  const { authenticationInfo, verified } = await verifyAuthenticationResponse({
    response: sent as unknown as AuthenticationResponseJSON,
    expectedChallenge: challenge,
    expectedOrigin: [...origins],
    expectedRPID: relyingPartyId,
    credential: { ...passkey, publicKey: new Uint8Array(Buffer.from(passkey.publicKey, 'base64url')) },
  }).catch(wrong)
  return verified ? { ...passkey, counter: authenticationInfo.newCounter } : wrong()
}
