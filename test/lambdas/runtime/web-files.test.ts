import { describe, expect, it, vi } from 'vitest'
import { pageHeaders, securityHeaders } from '../../../lambdas/runtime/security-headers.ts'
import { cacheControlOf, contentTypeOf, fileExtension, webFilesIn } from '../../../lambdas/runtime/web-files.ts'
import { webFolder } from '../../../web/build.ts'
import { webRelease } from '../../support/web-release.ts'

describe('a file of the web application', () => {
  it.each([
    ['index.html', 'text/html; charset=utf-8', 'no-cache'],
    ['manifest.webmanifest', 'application/manifest+json', 'no-cache'],
    ['assets/app-1a2b3c4d.js', 'text/javascript; charset=utf-8', 'public, max-age=31536000, immutable'],
    ['assets/sans-1a2b3c4d.woff2', 'font/woff2', 'public, max-age=31536000, immutable'],
  ])('%s is %s and cached as %s', (file, type, cacheControl) => {
    expect([contentTypeOf(file), cacheControlOf(file)]).toEqual([type, cacheControl])
  })

  it.each(['assets/app.exe', 'LICENSE'])('%s is refused: a browser would not take it', file => {
    expect(() => contentTypeOf(file)).toThrow(`The file ${file} of the web application has no known media type.`)
  })

  it.each([
    ['/favicon.svg', true],
    ['/assets/app-1a2b3c4d.js', true],
    ['/', false],
    ['/plans/0190', false],
    ['/market/BRK.B', false],
    ['/a.b/c', false],
  ])('is at %s: %s', (path, isFile) => {
    expect(fileExtension.test(path)).toBe(isFile)
  })

  it('comes after the files that it loads', () => {
    const folder = webRelease({
      'index.html': '',
      'robots.txt': '',
      'assets/b.js': '',
      'assets/fonts/a.woff2': '',
      'a.svg': '',
    })
    expect(webFilesIn(folder)).toEqual(['assets/b.js', 'assets/fonts/a.woff2', 'a.svg', 'robots.txt', 'index.html'])
  })

  it('of the real build can be published', () => {
    const files = webFilesIn(webFolder)
    expect(files.length).toBeGreaterThan(2)
    expect(files.map(contentTypeOf)).toContain('text/javascript; charset=utf-8')
  })

  it('is not published without a page', () => {
    const folder = webRelease({ 'assets/a.js': '' })
    expect(() => webFilesIn(folder)).toThrow(`${folder} has no index.html.`)
  })
})

describe('the headers of a page', () => {
  it('let it load and call its own origin only, use passkeys, and no device', () => {
    vi.stubEnv('NESTEGG_ENVIRONMENT', 'prod')
    const { 'content-security-policy': policy = '', ...others } = pageHeaders()
    expect(others).toEqual({
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'referrer-policy': 'no-referrer',
      'strict-transport-security': 'max-age=31536000',
      'cross-origin-opener-policy': 'same-origin',
      'permissions-policy':
        'camera=(), microphone=(), geolocation=(), publickey-credentials-get=(self), publickey-credentials-create=(self)',
    })
    const directives = new Map(policy.split('; ').map(each => [each.split(' ')[0], each.split(' ').slice(1)]))
    expect(directives.get('default-src')).toEqual(["'none'"])
    expect([...directives.values()].flat().filter(source => !/^'(none|self|script)'$|^data:$/.test(source))).toEqual([])
    expect(policy).toContain("require-trusted-types-for 'script'; trusted-types 'none'")
  })

  it('ask for HTTPS in AWS alone', () => {
    vi.stubEnv('NESTEGG_ENVIRONMENT', 'local')
    expect(pageHeaders()).not.toHaveProperty('strict-transport-security')
    expect(securityHeaders()).not.toHaveProperty('strict-transport-security')
  })
})
