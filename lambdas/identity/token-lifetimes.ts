/** The lifetime of access and ID tokens, in AWS and on a laptop. Short, because API Gateway accepts a revoked token until it expires. */
export const accessTokenSeconds = 15 * 60
