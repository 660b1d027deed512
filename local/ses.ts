import { randomUUID } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { json } from 'node:stream/consumers'
import * as z from 'zod'
import type { Mail } from '../lambdas/runtime/mail.ts'

export interface Ses {
  readonly endpoint: string
  close(): Promise<void>
}

export interface SesOptions {
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

/** Refuses a request that is not signed for the service, as AWS does. The signature itself is not checked. */
const refuseUnsigned = (request: IncomingMessage): void => {
  if (!/^AWS4-HMAC-SHA256 Credential=[^,]+\/ses\/aws4_request,/.test(request.headers.authorization ?? ''))
    throw new SesError(403, 'MissingAuthenticationTokenException', 'Missing Authentication Token')
}

/**
 * Serves SendEmail of SES (API v2, REST with JSON) on the loopback address, to the real SDK client: mails of plain text to one
 * recipient, the only kind that this platform sends.
 */
export const startSes = async ({ deliver, fromAddress }: SesOptions): Promise<Ses> => {
  const answer = async (request: IncomingMessage): Promise<object> => {
    refuseUnsigned(request)
    if (request.method !== 'POST' || request.url !== '/v2/email/outbound-emails')
      throw new SesError(404, 'NotFoundException', 'Only SendEmail is served here.')
    const parsed = sendEmail.safeParse(await json(request))
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

  const server = createServer((request, response) => {
    answer(request).then(
      body => respond(response, 200, body),
      (error: unknown) => {
        const message = error instanceof Error ? error.message : String(error)
        const { status, type } = error instanceof SesError ? error : { status: 500, type: 'InternalServiceErrorException' }
        respond(response, status, { message }, { 'x-amzn-errortype': type })
      },
    )
  })
  await new Promise<void>((fulfil, reject) => server.once('error', reject).listen(0, '127.0.0.1', fulfil))
  const address = server.address()
  if (typeof address !== 'object' || address === null) throw new Error('The SES server did not get a port.')
  return {
    endpoint: `http://127.0.0.1:${address.port}`,
    close: async () => {
      server.closeAllConnections()
      await new Promise<void>(fulfil => server.close(() => fulfil()))
    },
  }
}
