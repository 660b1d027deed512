import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import { Sha256Node } from '@smithy/core/checksum'
import { SignatureV4 } from '@smithy/signature-v4'
import type { AwsCredentials } from '../lambdas/runtime/client-settings.ts'

/** The clock of a caller may differ by this much from that of AWS. */
const allowedSkewMilliseconds = 5 * 60_000

type SignatureErrorType =
  | 'MissingAuthenticationTokenException'
  | 'IncompleteSignatureException'
  | 'UnrecognizedClientException'
  | 'InvalidSignatureException'

/** A request that is not signed, or not correctly. The types and messages are those of AWS. */
export class SignatureError extends Error {
  override readonly name = 'SignatureError'
  readonly type: SignatureErrorType

  constructor(type: SignatureErrorType, message: string) {
    super(message)
    this.type = type
  }
}

/** New credentials: whoever cannot read them cannot call the stand-ins. */
export const makeCredentials = (): AwsCredentials => ({
  accessKeyId: `LOCAL${randomBytes(8).toString('hex').toUpperCase()}`,
  secretAccessKey: randomBytes(30).toString('base64'),
})

const authorization =
  /^AWS4-HMAC-SHA256 Credential=([^/,]+)\/(\d{8})\/([^/,]+)\/([^/,]+)\/aws4_request, ?SignedHeaders=([^,]+), ?Signature=([0-9a-f]{64})$/

/** `20261126T101500Z` as a time in milliseconds; NaN if it has another form. */
const timeOf = (text: string): number => Date.parse(text.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z'))

const equal = (left: string, right: string): boolean => {
  const [a, b] = [Buffer.from(left), Buffer.from(right)]
  return a.length === b.length && timingSafeEqual(a, b)
}

/** The header with the hash of the body. The signer would believe it, so the hash is computed from the body that has arrived. */
const contentHash = 'x-amz-content-sha256'
const sha256 = (body: Buffer): string => createHash('sha256').update(body).digest('hex')

const mismatch = () =>
  new SignatureError(
    'InvalidSignatureException',
    'The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method.',
  )

/**
 * Checks the signatures (version 4) of the requests to one service of AWS. The returned function checks everything but the body at once,
 * and returns the check of the body.
 * @param service as in the credential scope: `cognito-idp`, `rds-data`, `ses`, `states`
 * @throws SignatureError, also in the check of the body
 */
export const signatureCheck =
  (credentials: AwsCredentials, service: string) =>
  (request: IncomingMessage): ((body: Buffer) => Promise<void>) => {
    const { headers, method = '', url = '/' } = request
    if (headers.authorization === undefined) throw new SignatureError('MissingAuthenticationTokenException', 'Missing Authentication Token')
    const [, accessKeyId = '', day = '', region = '', scope = '', names = '', signature = ''] =
      authorization.exec(headers.authorization) ?? []
    const amzDate = String(headers['x-amz-date'])
    const signingDate = timeOf(amzDate)
    if (scope !== service || Number.isNaN(signingDate) || !amzDate.startsWith(day))
      throw new SignatureError('IncompleteSignatureException', `The Authorization header must be a signature of version 4 for ${service}.`)
    if (!equal(accessKeyId, credentials.accessKeyId))
      throw new SignatureError('UnrecognizedClientException', 'The security token included in the request is invalid.')
    if (Math.abs(Date.now() - signingDate) > allowedSkewMilliseconds)
      throw new SignatureError('InvalidSignatureException', `Signature expired or not yet current: ${amzDate}`)
    const signed = new Set(names.split(';'))
    const unsigned = Object.keys(headers).filter(name => (name === 'host' || name.startsWith('x-amz-')) && !signed.has(name))
    if (unsigned.length > 0)
      throw new SignatureError('InvalidSignatureException', `The request has headers that must be signed: ${unsigned.join(', ')}`)

    return async body => {
      const { pathname, searchParams } = new URL(url, 'http://localhost')
      const signer = new SignatureV4({ credentials, region, service, sha256: Sha256Node, applyChecksum: false })
      const expected = await signer.sign(
        {
          method,
          protocol: 'http:',
          hostname: '127.0.0.1',
          path: pathname,
          query: Object.fromEntries(searchParams),
          headers: Object.fromEntries([...signed].map(name => [name, name === contentHash ? sha256(body) : String(headers[name] ?? '')])),
          body,
        },
        { signingDate: new Date(signingDate), signableHeaders: signed },
      )
      if (!equal(authorization.exec(expected.headers['authorization'] ?? '')?.[6] ?? '', signature)) throw mismatch()
    }
  }
