import { Problem } from '../../runtime/problem.ts'
import { ok, serve } from '../../runtime/serve.ts'
import { exchangeRefreshToken, presentTokens, sentRefreshToken } from '../refresh-tokens.ts'
import { identityRoutes } from '../routes.ts'

export const handler = serve(identityRoutes['refresh-session'], async ({ body, cookie }) => {
  const sent = sentRefreshToken(body, cookie)
  if (!sent) {
    throw new Problem('sign-in-required', 'There is no refresh token in the body or in the cookie. Sign in.', {
      headers: { 'www-authenticate': 'Bearer' },
    })
  }
  const { cookies, tokens } = presentTokens(await exchangeRefreshToken(sent), sent.place)
  return { ...ok(tokens), cookies }
})
