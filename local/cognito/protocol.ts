import { randomUUID } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { AwsCredentials } from '../../lambdas/runtime/client-settings.ts'
import { BodyTooLarge, ClientLeft, readBody } from '../read-body.ts'
import { SignatureError, signatureCheck } from '../signatures.ts'
import { UserPoolError } from './errors.ts'
import { operations } from './operations/index.ts'
import type { UserPool } from './pool.ts'

const targetPrefix = 'AWSCognitoIdentityProviderService.'
const bodyLimitBytes = 1024 * 1024

async function readBodyOf(request: IncomingMessage, response: ServerResponse): Promise<Buffer> {
  try {
    return await readBody(request, response, bodyLimitBytes)
  } catch (error) {
    if (!(error instanceof BodyTooLarge)) throw error
    throw new UserPoolError('SerializationException', `The request is larger than ${bodyLimitBytes} bytes.`)
  }
}

function parseJson(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'))
  } catch (error) {
    throw new UserPoolError('SerializationException', 'The request is not JSON.', { cause: error })
  }
}

function send(response: ServerResponse, status: number, body: object, headers: Record<string, string> = {}): void {
  response.writeHead(status, { 'content-type': 'application/x-amz-json-1.1', 'x-amzn-requestid': randomUUID(), ...headers })
  response.end(JSON.stringify(body))
}

function sendError(response: ServerResponse, error: unknown): void {
  if (error instanceof ClientLeft) return
  const known = error instanceof UserPoolError || error instanceof SignatureError
  if (!known) console.error('The local user pool failed', error)
  const type = known ? error.type : 'InternalErrorException'
  const message = known ? error.message : 'The local user pool failed. Its log has the cause.'
  send(response, known ? 400 : 500, { __type: type, message }, { 'x-amzn-errortype': type })
}

async function runOperation(
  pool: UserPool,
  request: IncomingMessage,
  response: ServerResponse,
  checkSignature: ReturnType<typeof signatureCheck>,
  serialize: <T>(task: () => Promise<T>) => Promise<T>,
): Promise<object> {
  const target = request.headers['x-amz-target']
  const name = typeof target === 'string' && target.startsWith(targetPrefix) ? target.slice(targetPrefix.length) : ''
  const operation = operations.get(name)
  if (!operation) throw new UserPoolError('UnknownOperationException', `The local user pool has no operation ${String(target)}.`)
  const checkBody = operation.signed ? checkSignature(request) : undefined
  const body = await readBodyOf(request, response)
  await checkBody?.(body)
  const input = parseJson(body)
  return serialize(() => operation.run(pool, input))
}

/**
 * Answers HTTP requests for a pool: the API by AWS JSON 1.1 (POST /, `x-amz-target`), and the two public documents of its issuer.
 * Operations run one after the other, so that none sees another half done. Administrators' operations are signed. All
 * others are not, as in AWS: their input has the proof.
 */
export function createRequestHandler(
  pool: UserPool,
  issuer: string,
  credentials: AwsCredentials,
): (request: IncomingMessage, response: ServerResponse) => Promise<void> {
  const documents = new Map<string, object>([
    [`/${pool.poolId}/.well-known/jwks.json`, { keys: [pool.tokens.publicJwk] }],
    [
      `/${pool.poolId}/.well-known/openid-configuration`,
      {
        issuer,
        jwks_uri: `${issuer}/.well-known/jwks.json`,
        id_token_signing_alg_values_supported: ['RS256'],
        subject_types_supported: ['public'],
        response_types_supported: ['token'],
      },
    ],
  ])
  const checkSignature = signatureCheck(credentials, 'cognito-idp')
  let last: Promise<unknown> = Promise.resolve()
  const serialize = <T>(task: () => Promise<T>): Promise<T> => {
    const result = last.then(task, task)
    last = result
    return result
  }
  return async (request, response) => {
    try {
      const document = request.method === 'GET' && documents.get(request.url ?? '')
      if (document) send(response, 200, document, { 'content-type': 'application/json' })
      else if (request.method === 'POST' && request.url === '/')
        send(response, 200, await runOperation(pool, request, response, checkSignature, serialize))
      else send(response, 404, { message: 'Not Found' })
    } catch (error) {
      sendError(response, error)
    }
  }
}
