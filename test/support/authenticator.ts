import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto'

type Cbor = number | string | Buffer | ReadonlyMap<number | string, Cbor>

const head = (major: number, value: number): Buffer => {
  if (value < 24) return Buffer.from([(major << 5) | value])
  return value < 256 ? Buffer.from([(major << 5) | 24, value]) : Buffer.from([(major << 5) | 25, value >> 8, value & 255])
}

/** RFC 8949, as far as an authenticator needs it. */
const encode = (value: Cbor): Buffer => {
  if (typeof value === 'number') return value < 0 ? head(1, -1 - value) : head(0, value)
  if (typeof value === 'string') return Buffer.concat([head(3, Buffer.byteLength(value)), Buffer.from(value)])
  if (Buffer.isBuffer(value)) return Buffer.concat([head(2, value.length), value])
  return Buffer.concat([head(5, value.size), ...[...value].flatMap(([name, each]) => [encode(name), encode(each)])])
}

const sha256 = (text: string | Buffer): Buffer => createHash('sha256').update(text).digest()
const base64url = (bytes: Buffer | string): string => Buffer.from(bytes).toString('base64url')

const userPresent = 0x01
const userVerified = 0x04
const hasKey = 0x40

interface Passkey {
  readonly id: Buffer
  readonly privateKey: KeyObject
  counter: number
}

/** What an attacker or a broken authenticator does differently. */
export interface Deviation {
  readonly origin?: string
  readonly challenge?: string
  readonly relyingPartyId?: string
  readonly verified?: false
  /** Signs other bytes. */
  readonly forged?: true
  /** Reports this number of signatures. */
  readonly counter?: number
}

/** A browser with an authenticator, at an origin. It has one passkey at most, in ES256, and attests it with its own key. */
export const openAuthenticator = (ownOrigin: string) => {
  let passkey: Passkey | undefined

  const clientData = (type: string, challenge: string, { origin = ownOrigin, ...deviation }: Deviation): Buffer =>
    Buffer.from(JSON.stringify({ type, challenge: deviation.challenge ?? challenge, origin, crossOrigin: false }))

  const authenticatorData = (relyingPartyId: string, counter: number, keyData: Buffer | undefined, deviation: Deviation): Buffer => {
    const flags = userPresent | (deviation.verified === false ? 0 : userVerified) | (keyData ? hasKey : 0)
    const fixed = Buffer.alloc(5)
    fixed.writeUInt8(flags)
    fixed.writeUInt32BE(deviation.counter ?? counter, 1)
    return Buffer.concat([sha256(deviation.relyingPartyId ?? relyingPartyId), fixed, ...(keyData ? [keyData] : [])])
  }

  const signature = (privateKey: KeyObject, data: Buffer, client: Buffer, { forged }: Deviation): Buffer =>
    sign('sha256', Buffer.concat([data, sha256(client), Buffer.from(forged ? 'x' : '')]), privateKey)

  return {
    /** `navigator.credentials.create`: makes a new passkey. */
    create(options: { readonly challenge: string; readonly rp: { readonly id: string } }, deviation: Deviation = {}) {
      const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
      const id = randomBytes(32)
      passkey = { id, privateKey, counter: 0 }
      const { x = '', y = '' } = publicKey.export({ format: 'jwk' })
      const key = new Map<number, Cbor>([
        [1, 2],
        [3, -7],
        [-1, 1],
        [-2, Buffer.from(x, 'base64url')],
        [-3, Buffer.from(y, 'base64url')],
      ])
      const length = Buffer.alloc(2)
      length.writeUInt16BE(id.length)
      const data = authenticatorData(options.rp.id, 0, Buffer.concat([Buffer.alloc(16), length, id, encode(key)]), deviation)
      const client = clientData('webauthn.create', options.challenge, deviation)
      const statement = new Map<string, Cbor>([
        ['alg', -7],
        ['sig', signature(privateKey, data, client, deviation)],
      ])
      const attestation = new Map<string, Cbor>([
        ['fmt', 'packed'],
        ['attStmt', statement],
        ['authData', data],
      ])
      return {
        id: base64url(id),
        rawId: base64url(id),
        type: 'public-key',
        authenticatorAttachment: 'platform',
        clientExtensionResults: {},
        response: { clientDataJSON: base64url(client), attestationObject: base64url(encode(attestation)), transports: ['internal'] },
      }
    },
    /** `navigator.credentials.get`: signs a challenge with the newest passkey. */
    get(options: { readonly challenge: string; readonly rpId: string }, deviation: Deviation = {}) {
      if (!passkey) throw new Error('The authenticator has no passkey.')
      passkey.counter += 1
      const data = authenticatorData(options.rpId, passkey.counter, undefined, deviation)
      const client = clientData('webauthn.get', options.challenge, deviation)
      const id = base64url(passkey.id)
      return {
        id,
        rawId: id,
        type: 'public-key',
        authenticatorAttachment: 'platform',
        clientExtensionResults: {},
        response: {
          clientDataJSON: base64url(client),
          authenticatorData: base64url(data),
          signature: base64url(signature(passkey.privateKey, data, client, deviation)),
        },
      }
    },
  }
}
