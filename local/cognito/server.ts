import { once } from 'node:events'
import { createServer, type ServerResponse } from 'node:http'
import { ConfirmationCodes } from './codes.ts'
import { Directory } from './directory.ts'
import { Grants } from './grants.ts'
import { AttemptLimits, SignInLockouts } from './limits.ts'
import type { CodeDelivery, UserPool } from './pool.ts'
import { createRequestHandler } from './protocol.ts'
import { ChallengeSessions } from './sessions.ts'
import { createSigningKey, createTokenIssuer } from './tokens.ts'

/** How to start a local user pool. Everything can be left out. */
export interface UserPoolOptions {
  /** The loopback address to listen on; default 127.0.0.1, and no other machine can ever connect. */
  readonly host?: '127.0.0.1' | 'localhost'
  /** Default 0: any free port. */
  readonly port?: number
  readonly poolId?: string
  /** The id of the one app client, which is public: it has no secret. */
  readonly clientId?: string
  /** Where users and groups persist; without it, nothing does. One process at a time. Mode 0600: it holds password hashes and TOTP secrets. */
  readonly stateFile?: string
  /** How long access and ID tokens last; default an hour. */
  readonly accessTokenSeconds?: number
  /** Whether a second factor is up to the user or demanded; default OPTIONAL. */
  readonly mfa?: 'OPTIONAL' | 'REQUIRED'
  /** The time in milliseconds since the epoch; default the system's. */
  readonly clock?: () => number
  /** Gets what Cognito would mail. Without it the codes go nowhere. */
  readonly deliverCode?: (delivery: CodeDelivery) => void
}

/** A running user pool: `endpoint` is for the SDK client, `issuer` and `jwksUri` for whoever verifies its tokens. */
export interface RunningUserPool {
  readonly endpoint: string
  readonly issuer: string
  readonly jwksUri: string
  readonly poolId: string
  readonly clientId: string
  /** Stops listening, after the operations under way. */
  readonly close: () => Promise<void>
}

/**
 * Starts a stand-in for an Amazon Cognito user pool on this machine, spoken to by the real SDK client:
 * `new CognitoIdentityProviderClient({ endpoint, region, credentials })` (the Admin operations are signed, with any credentials).
 * Users sign in by email address; the signing key, tokens, sessions and codes are new in each run.
 * @throws Error naming the state file when it is damaged; EADDRINUSE when the port is taken.
 */
export async function startUserPool(options: UserPoolOptions = {}): Promise<RunningUserPool> {
  const { host = '127.0.0.1', port = 0, poolId = 'local_nestegg', clientId = 'nestegglocal', mfa = 'OPTIONAL', clock = Date.now } = options
  const directory = await Directory.open(options.stateFile, clock)
  const key = await createSigningKey()
  const server = createServer()
  server.listen(port, host)
  await once(server, 'listening')
  const address = server.address()
  if (typeof address !== 'object' || address === null) throw new Error('The local user pool does not listen on a port')
  const endpoint = `http://${host}:${address.port}`
  const issuer = `${endpoint}/${poolId}`
  const tokens = createTokenIssuer({ key, issuer, clientId, accessTokenSeconds: options.accessTokenSeconds ?? 3600, clock })
  const pool: UserPool = {
    poolId,
    clientId,
    mfa,
    clock,
    directory,
    tokens,
    grants: new Grants(clock),
    sessions: new ChallengeSessions(clock),
    codes: new ConfirmationCodes(clock),
    lockouts: new SignInLockouts(clock),
    passwordChanges: new AttemptLimits(clock),
    deliverCode: options.deliverCode ?? (() => {}),
  }
  const handle = createRequestHandler(pool, issuer)
  const underWay = new Set<ServerResponse>()
  server.on('request', (request, response) => {
    underWay.add(response)
    response.once('close', () => underWay.delete(response))
    void handle(request, response)
  })
  return {
    endpoint,
    issuer,
    jwksUri: `${issuer}/.well-known/jwks.json`,
    poolId,
    clientId,
    async close() {
      const closed = once(server, 'close')
      server.close()
      await Promise.all([...underWay].map(response => once(response, 'close')))
      server.closeAllConnections()
      await closed
    },
  }
}
