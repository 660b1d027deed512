import { createServer } from 'node:http'
import { SendEmailCommand, SESv2Client } from '@aws-sdk/client-sesv2'
import { type AwsClientStub, mockClient } from 'aws-sdk-client-mock'
import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest'
import { type Mail, sendMail } from '../../../lambdas/runtime/mail.ts'
import { type SesOptions, startSes } from '../../../local/ses.ts'
import { stubCredentials } from '../../support/credentials.ts'

const fromAddress = 'no-reply@nestegg.example'
const mail: Mail = { to: 'ann@example.com', subject: 'Zoë invites you', text: 'Grüezi\nhttps://nestegg.example' }
const unavailable = { name: 'Problem', status: 503, message: 'The mail could not be sent. Try again later.' }

const failure = (name: string) => Object.assign(new Error(name), { name })
const lost = (code: string) => Object.assign(new Error(code), { code })

beforeEach(() => {
  vi.stubEnv('MAIL_FROM_ADDRESS', fromAddress)
  vi.stubEnv('AWS_REGION', 'eu-central-1')
})
afterEach(() => void vi.unstubAllEnvs())

describe('a mail', () => {
  let ses: AwsClientStub<SESv2Client>
  beforeEach(() => {
    ses = mockClient(SESv2Client)
  })
  afterEach(() => ses.restore())

  it('is sent from the address of the environment as plain text', async () => {
    ses.on(SendEmailCommand).resolves({ MessageId: '1' })
    await sendMail(mail)
    expect(ses.commandCalls(SendEmailCommand).map(call => call.args[0].input)).toEqual([
      {
        FromEmailAddress: fromAddress,
        Destination: { ToAddresses: ['ann@example.com'] },
        Content: {
          Simple: {
            Subject: { Data: 'Zoë invites you', Charset: 'UTF-8' },
            Body: { Text: { Data: 'Grüezi\nhttps://nestegg.example', Charset: 'UTF-8' } },
          },
        },
      },
    ])
  })

  it('has a subject of one line, also with line ends in names', async () => {
    ses.on(SendEmailCommand).resolves({ MessageId: '1' })
    await sendMail({ ...mail, subject: 'Join "Home\r\nBcc: eve@example.com" ' })
    const [call] = ses.commandCalls(SendEmailCommand)
    expect(call?.args[0].input.Content?.Simple?.Subject?.Data).toBe('Join "Home Bcc: eve@example.com"')
  })

  it.each(['TooManyRequestsException', 'ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN'])('is tried again after %s', async name => {
    const error = name.endsWith('Exception') ? failure(name) : lost(name)
    ses.on(SendEmailCommand).rejectsOnce(error).rejectsOnce(error).resolves({ MessageId: '1' })
    await sendMail(mail)
    expect(ses.commandCalls(SendEmailCommand)).toHaveLength(3)
  })

  it('is not tried again after three attempts', async () => {
    ses.on(SendEmailCommand).rejects(failure('TooManyRequestsException'))
    await expect(sendMail(mail)).rejects.toMatchObject({ ...unavailable, headers: { 'retry-after': '60' } })
    expect(ses.commandCalls(SendEmailCommand)).toHaveLength(3)
  })

  it.each([
    ['was rejected', failure('MessageRejected')],
    ['was not allowed', failure('AccessDeniedException')],
    ['may have been sent', failure('InternalServiceErrorException')],
    ['may have been sent before the connection was lost', lost('ECONNRESET')],
    ['may have been sent, though no answer came in time', failure('AbortError')],
  ])('is not tried again when it %s', async (_, cause) => {
    ses.on(SendEmailCommand).rejects(cause)
    await expect(sendMail(mail)).rejects.toMatchObject({ ...unavailable, cause })
    expect(ses.commandCalls(SendEmailCommand)).toHaveLength(1)
  })

  it('is not tried again when the recipient is refused, which is not a 503', async () => {
    const cause = failure('BadRequestException')
    ses.on(SendEmailCommand).rejects(cause)
    await expect(sendMail(mail)).rejects.toMatchObject({ name: 'RecipientRefusedError', cause })
    expect(ses.commandCalls(SendEmailCommand)).toHaveLength(1)
  })

  it('needs the address of a sender', async () => {
    vi.stubEnv('MAIL_FROM_ADDRESS', undefined)
    await expect(sendMail(mail)).rejects.toThrow('The environment variable MAIL_FROM_ADDRESS is not set.')
  })
})

describe('the local emulator of SES', () => {
  const start = async (deliver: SesOptions['deliver']) => {
    const ses = await startSes({ credentials: stubCredentials(), fromAddress, deliver })
    onTestFinished(() => ses.close())
    vi.stubEnv('MAIL_ENDPOINT', ses.endpoint)
    return ses
  }

  it('delivers what the real client sends', async () => {
    const delivered: Mail[] = []
    await start(each => void delivered.push(each))
    await sendMail(mail)
    expect(delivered).toEqual([mail])
  })

  it('rejects another sender, as SES rejects one that is not verified', async () => {
    await start(() => undefined)
    vi.stubEnv('MAIL_FROM_ADDRESS', 'eve@example.com')
    const message = 'Email address is not verified. The following identities failed the check in region US-EAST-1: eve@example.com'
    await expect(sendMail(mail)).rejects.toMatchObject({ ...unavailable, cause: { name: 'MessageRejected', message } })
  })

  it('rejects an invalid address of a recipient', async () => {
    await start(() => undefined)
    await expect(sendMail({ ...mail, to: 'nobody' })).rejects.toMatchObject({
      name: 'RecipientRefusedError',
      cause: { name: 'BadRequestException' },
    })
  })

  it('answers a failure to deliver as a failure of the service', async () => {
    await start(() => {
      throw new Error('disk full')
    })
    await expect(sendMail(mail)).rejects.toMatchObject({ ...unavailable, cause: { name: 'InternalServiceErrorException' } })
  })

  it('refuses other operations and unsigned requests', async () => {
    const { endpoint } = await start(() => undefined)
    const post = async (path: string, headers: Record<string, string>) => {
      const response = await fetch(`${endpoint}${path}`, { method: 'POST', body: '{}', headers })
      return [response.status, response.headers.get('x-amzn-errortype')]
    }
    const unfinished = { authorization: 'AWS4-HMAC-SHA256 Credential=local/20261126/us-east-1/ses/aws4_request, SignedHeaders=host' }
    expect(await post('/v2/email/outbound-emails', {})).toEqual([403, 'MissingAuthenticationTokenException'])
    expect(await post('/v2/email/outbound-emails', unfinished)).toEqual([403, 'IncompleteSignatureException'])
    expect(await post('/v2/email/identities', {})).toEqual([404, 'NotFoundException'])
  })

  it('causes a 503 when it cannot be reached', async () => {
    const ses = await start(() => undefined)
    await ses.close()
    await expect(sendMail(mail)).rejects.toMatchObject({ ...unavailable, cause: { code: 'ECONNREFUSED' } })
  })
})

it('has a timeout that is shorter than that of a request', async () => {
  const timeout = vi.spyOn(AbortSignal, 'timeout').mockReturnValue(AbortSignal.abort(failure('TimeoutError')))
  onTestFinished(() => timeout.mockRestore())
  const server = createServer(() => undefined)
  await new Promise<void>(fulfil => server.listen(0, '127.0.0.1', fulfil))
  onTestFinished(() => void server.close())
  const address = server.address()
  stubCredentials()
  vi.stubEnv('MAIL_ENDPOINT', `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`)
  await expect(sendMail(mail)).rejects.toMatchObject(unavailable)
})
