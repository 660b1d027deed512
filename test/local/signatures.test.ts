import { createServer, type IncomingMessage } from 'node:http'
import { Sha256Node } from '@smithy/core/checksum'
import { SignatureV4 } from '@smithy/signature-v4'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { makeCredentials, signatureCheck } from '../../local/signatures.ts'

const credentials = makeCredentials()
const check = signatureCheck(credentials, 'states')
const server = createServer((request, response) => {
  void answer(request).then(text => response.end(text))
})
let url = ''
beforeAll(async () => {
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  url = `http://127.0.0.1:${typeof address === 'object' ? address!.port : 0}`
})
afterAll(() => new Promise(resolve => server.close(resolve)))

/** `accepted`, or the type of the error. */
const answer = async (request: IncomingMessage): Promise<string> => {
  const chunks: Buffer[] = []
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk)
  try {
    await check(request)(Buffer.concat(chunks))
    return 'accepted'
  } catch (error) {
    return error instanceof Error && 'type' in error ? String(error.type) : String(error)
  }
}

interface Signing {
  readonly credentials?: { readonly accessKeyId: string; readonly secretAccessKey: string }
  readonly service?: string
  readonly signingDate?: Date
  readonly unsignableHeaders?: Set<string>
}

const signed = async (given: Signing = {}, path = '/', body = '{"a":1}'): Promise<Record<string, string>> => {
  const signer = new SignatureV4({ credentials, service: 'states', region: 'us-east-1', sha256: Sha256Node, ...given })
  const headers = { host: new URL(url).host, 'x-amz-target': 'AWSStepFunctions.StartExecution' }
  const [pathname = '', search = ''] = path.split('?')
  const query = Object.fromEntries(new URLSearchParams(search))
  const { signingDate = new Date(), unsignableHeaders } = given
  const request = { method: 'POST', protocol: 'http:', hostname: '127.0.0.1', path: pathname, query, headers, body }
  return (await signer.sign(request, { signingDate, ...(unsignableHeaders ? { unsignableHeaders } : {}) })).headers
}

const ask = async (headers: Record<string, string>, { body = '{"a":1}', method = 'POST', path = '/' } = {}): Promise<string> =>
  (await fetch(`${url}${path}`, { method, headers, ...(method === 'GET' ? {} : { body }) })).text()

const minutesAgo = (minutes: number) => new Date(Date.now() - minutes * 60_000)

describe('a request', () => {
  test('signed with the credentials is accepted', async () => {
    expect(await ask(await signed())).toBe('accepted')
    expect(await ask(await signed({}, '/a/b?x=1&y=a%20b'), { path: '/a/b?x=1&y=a%20b' })).toBe('accepted')
    expect(await ask(await signed({ signingDate: minutesAgo(4) }))).toBe('accepted')
  })

  const other = makeCredentials()
  test.each<readonly [string, () => Promise<Record<string, string>>, string]>([
    ['without a signature', async () => ({}), 'MissingAuthenticationTokenException'],
    ['with a token instead', async () => ({ authorization: 'Bearer a.b.c' }), 'IncompleteSignatureException'],
    ['for another service', () => signed({ service: 'ses' }), 'IncompleteSignatureException'],
    ['of another start', () => signed({ credentials: other }), 'UnrecognizedClientException'],
    [
      'with the right key and another secret',
      () => signed({ credentials: { ...other, accessKeyId: credentials.accessKeyId } }),
      'InvalidSignatureException',
    ],
    ['signed six minutes ago', () => signed({ signingDate: minutesAgo(6) }), 'InvalidSignatureException'],
    ['signed for the future', () => signed({ signingDate: minutesAgo(-6) }), 'InvalidSignatureException'],
    ['whose target is not signed', () => signed({ unsignableHeaders: new Set(['x-amz-target']) }), 'InvalidSignatureException'],
    ['whose host is not signed', () => signed({ unsignableHeaders: new Set(['host']) }), 'InvalidSignatureException'],
    ['with another target', async () => ({ ...(await signed()), 'x-amz-target': 'Other' }), 'InvalidSignatureException'],
    [
      'with another time of the same day',
      async () => ({
        ...(await signed()),
        'x-amz-date': new Date()
          .toISOString()
          .replaceAll(/[-:]|\.\d+/g, '')
          .replace(/..Z$/, '61Z'),
      }),
      'IncompleteSignatureException',
    ],
  ])('%s is rejected', async (_, headers, type) => {
    expect(await ask(await headers())).toBe(type)
  })

  test('with another body, method, path or query is rejected', async () => {
    const headers = await signed()
    for (const changed of [{ body: '{"a":2}' }, { method: 'PUT' }, { path: '/x' }, { path: '/?x=1' }])
      expect(await ask(headers, changed)).toBe('InvalidSignatureException')
  })
})
