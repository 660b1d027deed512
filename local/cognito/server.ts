import { once } from 'node:events'
import type { ServerResponse } from 'node:http'
import { accessTokenSeconds } from '../../lambdas/identity/token-lifetimes.ts'
import type { AwsCredentials } from '../../lambdas/runtime/client-settings.ts'
import { listen } from '../listener.ts'
import { ConfirmationCodes } from './codes.ts'
import { Directory } from './directory.ts'
import { Grants } from './grants.ts'
import { AttemptLimits, SignInLockouts } from './limits.ts'
import { PasskeyRegistrations } from './passkeys.ts'
import type { CodeDelivery, UserPool } from './pool.ts'
import { createRequestHandler } from './protocol.ts'
import { ChallengeSessions } from './sessions.ts'
import { createSigningKey, createTokenIssuer } from './tokens.ts'

/** Options of a local user pool, all but the credentials optional. */
export interface UserPoolOptions {
  /** The operations of administrators must be signed with them. */
  readonly credentials: AwsCredentials
  /** Default 0: any free port. */
  readonly port?: number
  readonly poolId?: string
  /** The id of the only app client, which is public: it has no secret. */
  readonly clientId?: string
  /**
   * The file that stores users and groups; without it they are in memory only. For one process at a time. Mode 0600: it contains password
   * hashes and TOTP secrets.
   */
  readonly stateFile?: string
  /** The lifetime of access and ID tokens; default that of AWS. */
  readonly accessTokenSeconds?: number
  /** Whether a second factor is optional or required; default OPTIONAL. */
  readonly mfa?: 'OPTIONAL' | 'REQUIRED'
  /** The origins of the pages that may use passkeys, at `localhost`; default none. */
  readonly passkeyOrigins?: () => readonly string[]
  /** The time in milliseconds since the epoch; default the system's. */
  readonly clock?: () => number
  /** Receives each code that Cognito would mail. Without it the codes are dropped. */
  readonly deliverCode?: (delivery: CodeDelivery) => void
  /** Hears that the user of an address was removed. */
  readonly userRemoved?: (email: string) => void
}

/** A running user pool: `endpoint` is for the SDK client, `issuer` and `jwksUri` are for the verification of its tokens. */
export interface RunningUserPool {
  readonly endpoint: string
  readonly issuer: string
  readonly jwksUri: string
  readonly poolId: string
  readonly clientId: string
  /** Stops listening after the operations in progress have ended. */
  readonly close: () => Promise<void>
}

/**
 * Starts a stand-in for an Amazon Cognito user pool on this machine, for the real SDK client:
 * `new CognitoIdentityProviderClient({ endpoint, region, credentials })` (the Admin operations are signed).
 * Users sign in by email address; the signing key, tokens, sessions and codes are new in each run.
 * @throws Error naming the state file if it is damaged; EADDRINUSE if the port is in use.
 */
export async function startUserPool(options: UserPoolOptions): Promise<RunningUserPool> {
  const {
    credentials,
    port = 0,
    poolId = 'local_nestegg',
    clientId = 'nestegglocal',
    mfa = 'OPTIONAL',
    clock = Date.now,
    passkeyOrigins = () => [],
  } = options
  const directory = await Directory.open(options.stateFile, clock)
  const key = await createSigningKey()
  const underWay = new Set<ServerResponse>()
  let handle: ReturnType<typeof createRequestHandler> | undefined
  const { server, url: endpoint } = await listen({
    port,
    handle: (request, response) => {
      underWay.add(response)
      response.once('close', () => underWay.delete(response))
      void handle?.(request, response)
    },
  })
  const issuer = `${endpoint}/${poolId}`
  const tokens = createTokenIssuer({ key, issuer, clientId, accessTokenSeconds: options.accessTokenSeconds ?? accessTokenSeconds, clock })
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
    passkeyRegistrations: new PasskeyRegistrations(clock, passkeyOrigins),
    passkeyOrigins,
    deliverCode: options.deliverCode ?? (() => {}),
    userRemoved: options.userRemoved ?? (() => {}),
  }
  handle = createRequestHandler(pool, issuer, credentials)
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
