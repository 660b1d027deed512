import { createHash, randomUUID } from 'node:crypto'
import { exportJWK, generateKeyPair, type JWK, SignJWT } from 'jose'
import { PlaidError } from './errors.ts'

interface SigningKey {
  readonly kid: string
  readonly privateKey: Awaited<ReturnType<typeof generateKeyPair>>['privateKey']
  readonly jwk: JWK
  readonly createdAtSeconds: number
  expiredAtSeconds: number | null
}

/** What a test may make wrong. */
export interface WebhookOptions {
  /** In seconds since 1970; default now. */
  readonly issuedAt?: number
  /** The body that is signed, if it is not the one that is sent. */
  readonly signedBody?: string
  /** A key that is not the newest. */
  readonly kid?: string
}

/** The keys that sign webhooks: ES256, as Plaid's. @see https://plaid.com/docs/api/webhooks/webhook-verification */
export class WebhookKeys {
  private readonly clock: () => number
  private readonly keys: SigningKey[] = []

  private constructor(clock: () => number) {
    this.clock = clock
  }

  static async create(clock: () => number): Promise<WebhookKeys> {
    const keys = new WebhookKeys(clock)
    await keys.rotate()
    return keys
  }

  private seconds(): number {
    return Math.floor(this.clock() / 1000)
  }

  /** Makes a new key. The ones before stay valid until they expire. */
  async rotate(): Promise<string> {
    const { privateKey, publicKey } = await generateKeyPair('ES256', { extractable: true })
    const key = { kid: randomUUID(), privateKey, jwk: await exportJWK(publicKey), createdAtSeconds: this.seconds(), expiredAtSeconds: null }
    this.keys.push(key)
    return key.kid
  }

  /** Ends a key: Plaid then answers with the time of its end. */
  expire(kid: string): void {
    this.find(kid).expiredAtSeconds = this.seconds()
  }

  private find(kid: string): SigningKey {
    const key = this.keys.find(one => one.kid === kid)
    if (!key) throw new PlaidError('INVALID_WEBHOOK_VERIFICATION_KEY_ID')
    return key
  }

  /** The answer of /webhook_verification_key/get. */
  describe(kid: string): object {
    const { createdAtSeconds, expiredAtSeconds, jwk } = this.find(kid)
    return {
      alg: 'ES256',
      created_at: createdAtSeconds,
      crv: jwk.crv,
      expired_at: expiredAtSeconds,
      kid,
      kty: jwk.kty,
      use: 'sig',
      x: jwk.x,
      y: jwk.y,
    }
  }

  /** The value of the header Plaid-Verification for a body. */
  async sign(
    body: string,
    { issuedAt = this.seconds(), kid = this.keys.at(-1)!.kid, signedBody = body }: WebhookOptions = {},
  ): Promise<string> {
    return new SignJWT({ request_body_sha256: createHash('sha256').update(signedBody).digest('hex') })
      .setProtectedHeader({ alg: 'ES256', kid, typ: 'JWT' })
      .setIssuedAt(issuedAt)
      .sign(this.find(kid).privateKey)
  }
}
