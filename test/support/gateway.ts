import { createServer } from 'node:http'
import { exportJWK, generateKeyPair, SignJWT } from 'jose'
import { type Gateway, type GatewayOptions, startGateway } from '../../local/gateway.ts'

export interface SignedGateway {
  readonly gateway: Gateway
  /** An access token for the gateway, with these claims instead of its own. */
  sign(claims?: Record<string, unknown>, expiresAt?: string): Promise<string>
  close(): Promise<void>
}

const issuer = 'http://127.0.0.1/pool'

/** A gateway without the rest of the platform, and the key of its user pool. */
export const startSignedGateway = async (options: Omit<GatewayOptions, 'userPool'>): Promise<SignedGateway> => {
  const { privateKey, publicKey } = await generateKeyPair('RS256')
  const jwks = JSON.stringify({ keys: [{ ...(await exportJWK(publicKey)), kid: 'own', alg: 'RS256', use: 'sig' }] })
  const keys = createServer((_, response) => response.setHeader('content-type', 'application/json').end(jwks))
  await new Promise<void>(resolve => keys.listen(0, '127.0.0.1', resolve))
  const address = keys.address()
  const port = typeof address === 'object' ? address!.port : 0
  const gateway = await startGateway({ ...options, userPool: { issuer, jwksUri: `http://127.0.0.1:${port}/`, clientId: 'ours' } })
  return {
    gateway,
    sign: (claims = {}, expiresAt = '1h') =>
      new SignJWT({ sub: 'somebody', token_use: 'access', client_id: 'ours', iss: issuer, ...claims })
        .setProtectedHeader({ alg: 'RS256', kid: 'own' })
        .setExpirationTime(expiresAt)
        .sign(privateKey),
    close: async () => {
      await gateway.close()
      await new Promise(resolve => keys.close(resolve))
    },
  }
}
