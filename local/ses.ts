import { randomUUID } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import * as z from 'zod'
import type { AwsCredentials } from '../lambdas/runtime/client-settings.ts'
import type { Mail } from '../lambdas/runtime/mail.ts'
import { listen } from './listener.ts'
import { BodyTooLarge, readBody } from './read-body.ts'
import { SignatureError, signatureCheck } from './signatures.ts'

const requestLimitBytes = 1024 * 1024

export interface Ses {
  readonly endpoint: string
  close(): Promise<void>
}

export interface SesOptions {
  /** Requests must be signed with them. */
  readonly credentials: AwsCredentials
  /** The only verified address: mail from another one is rejected. */
  readonly fromAddress: string
  /** Receives each mail. If it throws, the answer is a failure of the service. */
  readonly deliver: (mail: Mail) => void
}

const content = z.strictObject({ Data: z.string(), Charset: z.literal('UTF-8') })
const sendEmail = z.strictObject({
  FromEmailAddress: z.string(),
  Destination: z.strictObject({ ToAddresses: z.tuple([z.email()]) }),
  Content: z.strictObject({ Simple: z.strictObject({ Subject: content, Body: z.strictObject({ Text: content }) }) }),
})

class SesError extends Error {
  readonly status: number
  readonly type: string

  constructor(status: number, type: string, message: string) {
    super(message)
    this.status = status
    this.type = type
  }
}

const errorOf = (error: unknown): Pick<SesError, 'status' | 'type'> => {
  if (error instanceof SesError) return error
  if (error instanceof SignatureError) return { status: 403, type: error.type }
  if (error instanceof BodyTooLarge || error instanceof SyntaxError) return { status: 400, type: 'BadRequestException' }
  return { status: 500, type: 'InternalServiceErrorException' }
}

/**
 * Serves SendEmail of SES (API v2, REST with JSON) on the loopback address, to the real SDK client: mails of plain text to one
 * recipient, the only kind that this platform sends.
 */
export const startSes = async ({ credentials, deliver, fromAddress }: SesOptions): Promise<Ses> => {
  const checkSignature = signatureCheck(credentials, 'ses')
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<object> => {
    if (request.method !== 'POST' || request.url !== '/v2/email/outbound-emails')
      throw new SesError(404, 'NotFoundException', 'Only SendEmail is served here.')
    const checkBody = checkSignature(request)
    const body = await readBody(request, response, requestLimitBytes)
    await checkBody(body)
    const parsed = sendEmail.safeParse(JSON.parse(body.toString('utf8')))
    if (!parsed.success) throw new SesError(400, 'BadRequestException', z.prettifyError(parsed.error))
    const { Content, Destination, FromEmailAddress } = parsed.data
    if (FromEmailAddress !== fromAddress) {
      const message = `Email address is not verified. The following identities failed the check in region US-EAST-1: ${FromEmailAddress}`
      throw new SesError(400, 'MessageRejected', message)
    }
    const { Body, Subject } = Content.Simple
    deliver({ to: Destination.ToAddresses[0], subject: Subject.Data, text: Body.Text.Data })
    return { MessageId: randomUUID() }
  }

  const respond = (response: ServerResponse, status: number, body: object, headers: Record<string, string> = {}): void => {
    response.writeHead(status, { 'content-type': 'application/json', ...headers })
    response.end(JSON.stringify(body))
  }

  const handle = (request: IncomingMessage, response: ServerResponse): void =>
    void answer(request, response).then(
      body => respond(response, 200, body),
      (error: unknown) => {
        const message = error instanceof Error ? error.message : String(error)
        const { status, type } = errorOf(error)
        respond(response, status, { message }, { 'x-amzn-errortype': type })
      },
    )
  const { server, url } = await listen({ port: 0, handle })
  return {
    endpoint: url,
    close: async () => {
      server.closeAllConnections()
      await new Promise<void>(fulfil => server.close(() => fulfil()))
    },
  }
}
