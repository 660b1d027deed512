import { type AuthenticationResultType, GetTokensFromRefreshTokenCommand } from '@aws-sdk/client-cognito-identity-provider'
import { decodeJwt } from 'jose'
import { Problem } from '../runtime/problem.ts'
import { refreshTokenSeconds } from './token-lifetimes.ts'
import { ask, signInAgain, userPool } from './user-pool.ts'

/** Where a refresh token is: in the body for programs, in a cookie that no script can read for browsers. */
export type RefreshTokenPlace = 'body' | 'cookie'

/** Browsers store a cookie with this prefix only if it is `Secure`. */
const cookieName = '__Secure-nestegg-refresh'

const cookie = (value: string, maxAgeSeconds: number): string =>
  `${cookieName}=${value}; HttpOnly; Secure; SameSite=Strict; Path=/v1/identity/sessions; Max-Age=${maxAgeSeconds}`

/** Removes the cookie from the browser. */
export const removedCookie = cookie('', 0)

/** The whole seconds until the refresh tokens of the sign-in of an access token expire. */
const secondsLeft = (accessToken: string): number => {
  const signedInAt = Number(decodeJwt(accessToken)['auth_time'])
  return Math.max(0, Math.floor(signedInAt + refreshTokenSeconds - Date.now() / 1000))
}

/** Tokens of the user pool as the API answers with them: the body, and the cookies to set. */
export const presentTokens = (result: AuthenticationResultType, place: RefreshTokenPlace) => {
  const { AccessToken = '', ExpiresIn = 0, IdToken = null, RefreshToken = null } = result
  return {
    tokens: {
      accessToken: AccessToken,
      idToken: IdToken,
      refreshToken: place === 'body' ? RefreshToken : null,
      expiresInSeconds: ExpiresIn,
      tokenType: 'Bearer' as const,
    },
    cookies: place === 'cookie' && RefreshToken !== null ? [cookie(RefreshToken, secondsLeft(AccessToken))] : [],
  }
}

export interface SentRefreshToken {
  readonly token: string
  readonly place: RefreshTokenPlace
}

/**
 * The refresh token of a request: that of the body, or else that of the cookie.
 * @throws Problem 403 for a cookie that is not sent by a page of the same origin.
 */
export const sentRefreshToken = (
  body: { readonly refreshToken?: string | undefined },
  readCookie: (name: string) => string | undefined,
): SentRefreshToken | undefined => {
  if (body.refreshToken !== undefined) return { token: body.refreshToken, place: 'body' }
  const token = readCookie(cookieName)
  return token === undefined ? undefined : { token, place: 'cookie' }
}

const exchange = async (token: string): Promise<AuthenticationResultType> => {
  const { client, clientId } = userPool()
  const refresh = new GetTokensFromRefreshTokenCommand({ ClientId: clientId, RefreshToken: token })
  const { AuthenticationResult } = await ask(client.send(refresh), {
    unauthorized: signInAgain('The refresh token is no longer valid. Sign in again.'),
  })
  return AuthenticationResult ?? {}
}

/** Whether the user pool has refused a refresh token for good. */
export const isRefusedToken = (error: unknown): error is Problem =>
  error instanceof Problem && (error.code === 'sign-in-required' || error.code === 'account-closed')

/**
 * Exchanges a refresh token for new tokens with a new refresh token.
 * @throws Problem 401 or 403 for a token that is not valid any more. It also removes the cookie that the token came in.
 */
export const exchangeRefreshToken = async ({ place, token }: SentRefreshToken): Promise<AuthenticationResultType> => {
  try {
    return await exchange(token)
  } catch (error) {
    throw place === 'cookie' && isRefusedToken(error) ? error.withCookies([removedCookie]) : error
  }
}
