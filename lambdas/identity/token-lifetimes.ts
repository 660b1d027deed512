/** The lifetime of access and ID tokens, in AWS and on a laptop. Short, because API Gateway accepts a revoked token until it expires. */
export const accessTokenSeconds = 15 * 60

/** The time from a sign-in until its last refresh token expires. A refresh does not begin it again. */
export const refreshTokenSeconds = 30 * 24 * 3600

/** How long a refresh token works after another one has replaced it, for a client that did not get the answer. Cognito allows no more. */
export const replacedTokenSeconds = 60
