import { readVariable } from './environment.ts'

/**
 * Pages and charts of the API have styles of their own and nothing else: no script, no picture, no form, and no other site can show them in
 * a frame. For JSON the policy is without effect, unless a browser is led to show it as a page.
 */
export const contentSecurityPolicy =
  "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

/** The web application loads and calls its own origin only, and runs no text as a script. */
export const webContentSecurityPolicy =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'"

/** What the web application needs besides its policy: no other window reaches it, and it may use passkeys but no device. */
export const webHeaders = {
  'cross-origin-opener-policy': 'same-origin',
  'permissions-policy': 'camera=(), microphone=(), geolocation=(), publickey-credentials-get=(self), publickey-credentials-create=(self)',
} as const

/** How long a browser uses HTTPS only, after it has seen an answer. */
export const yearSeconds = 31_536_000

/** A laptop serves HTTP only, so Strict-Transport-Security is sent in AWS alone. */
const headersWith = (policy: string): Readonly<Record<string, string>> => ({
  'x-content-type-options': 'nosniff',
  'content-security-policy': policy,
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  ...(readVariable('NESTEGG_ENVIRONMENT') === 'local' ? {} : { 'strict-transport-security': `max-age=${yearSeconds}` }),
})

/** The security headers of every answer of the API. */
export const securityHeaders = (): Readonly<Record<string, string>> => headersWith(contentSecurityPolicy)

/** The security headers of every file of the web application. In AWS, CloudFront adds them. */
export const pageHeaders = (): Readonly<Record<string, string>> => ({ ...headersWith(webContentSecurityPolicy), ...webHeaders })
