import { setTimeout as wait } from 'node:timers/promises'
import { SendEmailCommand, SESv2Client } from '@aws-sdk/client-sesv2'
import { clientSettings } from './client-settings.ts'
import { readEnvironment, required } from './environment.ts'
import { Problem } from './problem.ts'

export interface Mail {
  /** One address. */
  readonly to: string
  readonly subject: string
  /** Plain text. */
  readonly text: string
}

let opened: { readonly endpoint: string | undefined; readonly client: SESv2Client } | undefined

const clientFor = (endpoint: string | undefined): SESv2Client => {
  // The client's own retries would send a mail twice when its answer was lost.
  if (opened?.endpoint !== endpoint || !opened)
    opened = { endpoint, client: new SESv2Client({ ...clientSettings(endpoint), maxAttempts: 1 }) }
  return opened.client
}

const connectionNeverMade = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN'])

const wasCertainlyNotSent = (error: unknown): boolean =>
  error instanceof Error && (error.name === 'TooManyRequestsException' || ('code' in error && connectionNeverMade.has(String(error.code))))

/** SES refuses the request itself. Only the recipient's address comes from a caller, so no later attempt with it can succeed. */
export class RecipientRefusedError extends Error {
  override readonly name = 'RecipientRefusedError'
}

const attempts = 3
const firstWaitMilliseconds = 200
const timeoutMilliseconds = 8_000

/**
 * Sends a mail from the address in the environment (backend `mail`). It is tried again only after a failure that certainly did not send
 * it.
 * @throws RecipientRefusedError when the address cannot receive mail.
 * @throws Problem 503 when the mail could not be sent, or when it is not known whether it was sent.
 * @see https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_SendEmail.html
 */
export const sendMail = async ({ subject, text, to }: Mail): Promise<void> => {
  const environment = readEnvironment()
  const client = clientFor(environment.MAIL_ENDPOINT)
  const command = new SendEmailCommand({
    FromEmailAddress: required(environment, 'MAIL_FROM_ADDRESS'),
    Destination: { ToAddresses: [to] },
    Content: {
      Simple: {
        // A header is one line.
        Subject: { Data: subject.replaceAll(/\s+/g, ' ').trim(), Charset: 'UTF-8' },
        Body: { Text: { Data: text, Charset: 'UTF-8' } },
      },
    },
  })
  for (let attempt = 1; ; attempt += 1) {
    try {
      await client.send(command, { abortSignal: AbortSignal.timeout(timeoutMilliseconds) })
      return
    } catch (cause) {
      if (cause instanceof Error && cause.name === 'BadRequestException')
        throw new RecipientRefusedError('SES refused the recipient.', { cause })
      if (attempt === attempts || !wasCertainlyNotSent(cause))
        throw new Problem('unavailable', 'The mail could not be sent. Try again later.', { headers: { 'retry-after': '60' }, cause })
      await wait(firstWaitMilliseconds * 4 ** (attempt - 1))
    }
  }
}
