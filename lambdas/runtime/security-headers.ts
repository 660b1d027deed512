import { readVariable } from './environment.ts'

/**
 * Pages and charts have styles of their own and nothing else: no script, no picture, no form, and no other site can show them in a frame.
 * For JSON the policy is without effect, unless a browser is led to show it as a page.
 */
export const contentSecurityPolicy =
  "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

/** How long a browser uses HTTPS only, after it has seen an answer. */
export const yearSeconds = 31_536_000

/** The security headers of every answer. A laptop serves HTTP only, so Strict-Transport-Security is sent in AWS alone. */
export const securityHeaders = (): Readonly<Record<string, string>> => ({
  'x-content-type-options': 'nosniff',
  'content-security-policy': contentSecurityPolicy,
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  ...(readVariable('NESTEGG_ENVIRONMENT') === 'local' ? {} : { 'strict-transport-security': `max-age=${yearSeconds}` }),
})
