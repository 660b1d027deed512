import {
  AdminAddUserToGroupCommand,
  AdminConfirmSignUpCommand,
  AdminUpdateUserAttributesCommand,
  AssociateSoftwareTokenCommand,
  CognitoIdentityProviderClient,
  CreateGroupCommand,
  GetTokensFromRefreshTokenCommand,
  type GetTokensFromRefreshTokenResponse,
  InitiateAuthCommand,
  type InitiateAuthResponse,
  RespondToAuthChallengeCommand,
  type RespondToAuthChallengeResponse,
  SetUserMFAPreferenceCommand,
  SignUpCommand,
  VerifySoftwareTokenCommand,
} from '@aws-sdk/client-cognito-identity-provider'
import { TOTP } from 'otpauth'
import { onTestFinished } from 'vitest'
import * as z from 'zod'
import type { CodeDelivery } from '../../../local/cognito/pool.ts'
import { startUserPool, type UserPoolOptions } from '../../../local/cognito/server.ts'
import { makeCredentials } from '../../../local/signatures.ts'

/** Of every pool of the tests. */
export const credentials = makeCredentials()

export const password = 'Correct-Horse-9'
export const otherPassword = 'Battery-Staple-7'

const errorBody = z.object({ __type: z.string(), message: z.string() })

/** A pool for one test, with the real SDK client, a clock that the test moves, and the messages that Cognito would mail. */
export async function openPool(options: Omit<UserPoolOptions, 'clock' | 'credentials' | 'deliverCode'> = {}) {
  let nowMs = Date.UTC(2026, 10, 2, 12)
  const outbox: CodeDelivery[] = []
  const pool = await startUserPool({ ...options, credentials, clock: () => nowMs, deliverCode: delivery => outbox.push(delivery) })
  const client = new CognitoIdentityProviderClient({
    endpoint: pool.endpoint,
    region: 'us-east-1',
    credentials,
    maxAttempts: 1,
  })
  const close = async (): Promise<void> => {
    client.destroy()
    await pool.close()
  }
  onTestFinished(close)
  const { poolId: UserPoolId, clientId: ClientId } = pool

  const signIn = (username: string, pass = password): Promise<InitiateAuthResponse> =>
    client.send(
      new InitiateAuthCommand({ ClientId, AuthFlow: 'USER_PASSWORD_AUTH', AuthParameters: { USERNAME: username, PASSWORD: pass } }),
    )
  const refresh = (RefreshToken: string): Promise<GetTokensFromRefreshTokenResponse> =>
    client.send(new GetTokensFromRefreshTokenCommand({ ClientId, RefreshToken }))
  const codeAt = (secret: string, offsetSeconds = 0): string =>
    new TOTP({ secret, digits: 6, period: 30 }).generate({ timestamp: nowMs + offsetSeconds * 1000 })

  return {
    ...pool,
    client,
    outbox,
    UserPoolId,
    ClientId,
    signIn,
    refresh,
    codeAt,
    nowMs: () => nowMs,
    advanceSeconds: (seconds: number): void => {
      nowMs += seconds * 1000
    },
    lastCode: (): string => outbox.at(-1)!.code,

    /** Creates a confirmed user with {@link password}, and returns the username. */
    async createUser(email = 'ann@example.com'): Promise<string> {
      const { UserSub } = await client.send(new SignUpCommand({ ClientId, Username: email, Password: password }))
      await client.send(new AdminConfirmSignUpCommand({ UserPoolId, Username: email }))
      const UserAttributes = [{ Name: 'email_verified', Value: 'true' }]
      await client.send(new AdminUpdateUserAttributesCommand({ UserPoolId, Username: email, UserAttributes }))
      outbox.length = 0
      return UserSub!
    },

    async addToNewGroup(username: string, group: string): Promise<void> {
      await client.send(new CreateGroupCommand({ UserPoolId, GroupName: group }))
      await client.send(new AdminAddUserToGroupCommand({ UserPoolId, Username: username, GroupName: group }))
    },

    /**
     * Enrols an authenticator app for a user without one, turns it on, and returns its secret. The code that proved it is one step old
     * afterwards.
     */
    async enrol(username: string): Promise<string> {
      const AccessToken = (await signIn(username)).AuthenticationResult!.AccessToken!
      const { SecretCode } = await client.send(new AssociateSoftwareTokenCommand({ AccessToken }))
      await client.send(new VerifySoftwareTokenCommand({ AccessToken, UserCode: codeAt(SecretCode!) }))
      await client.send(new SetUserMFAPreferenceCommand({ AccessToken, SoftwareTokenMfaSettings: { Enabled: true, PreferredMfa: true } }))
      nowMs += 30_000
      return SecretCode!
    },

    answer(
      ChallengeName: 'SOFTWARE_TOKEN_MFA' | 'NEW_PASSWORD_REQUIRED' | 'MFA_SETUP',
      Session: string | undefined,
      ChallengeResponses: Record<string, string>,
    ): Promise<RespondToAuthChallengeResponse> {
      return client.send(new RespondToAuthChallengeCommand({ ClientId, ChallengeName, Session, ChallengeResponses }))
    },

    /** Sends a request that the SDK would not send. */
    async post(operation: string, body: string, headers: Record<string, string> = {}) {
      const response = await fetch(pool.endpoint, {
        method: 'POST',
        headers: {
          'content-type': 'application/x-amz-json-1.1',
          'x-amz-target': `AWSCognitoIdentityProviderService.${operation}`,
          ...headers,
        },
        body,
      })
      return {
        status: response.status,
        errorType: response.headers.get('x-amzn-errortype'),
        body: errorBody.parse(await response.json()),
      }
    },
  }
}

/** The error of a refused call. */
export const refusal = (name: string, message?: string | RegExp) => ({
  name,
  ...(message !== undefined && { message: message instanceof RegExp ? expectMatching(message) : message }),
})

const expectMatching = (pattern: RegExp) => ({ asymmetricMatch: (value: unknown) => typeof value === 'string' && pattern.test(value) })

export const wrongCredentials = refusal('NotAuthorizedException', 'Incorrect username or password.')
export const disabled = refusal('NotAuthorizedException', 'User is disabled.')
