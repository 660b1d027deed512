import { randomUUID } from 'node:crypto'
import { request as requestHttp } from 'node:http'
import { request as requestHttps } from 'node:https'
import { text as readText } from 'node:stream/consumers'
import { setTimeout as wait } from 'node:timers/promises'
import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation'
import { fromTemporaryCredentials } from '@aws-sdk/credential-providers'
import { Sha256Node } from '@smithy/core/checksum'
import { SignatureV4 } from '@smithy/signature-v4'
import * as z from 'zod'
import { type ExitCode, exitCodes } from '../../lambdas/runtime/command.ts'
import type { Terminal } from './terminal.ts'

export interface RemoteOptions {
  readonly environment: string
  readonly mfaSerial: string | undefined
}

/** The times to wait for a function that cannot be invoked yet. */
export interface RetryTimes {
  readonly budgetMilliseconds: number
  readonly pauseMilliseconds: number
}

/** Lambda makes the network interfaces of a function that was idle for weeks again, which takes about a minute. */
const retryTimes: RetryTimes = { budgetMilliseconds: 5 * 60_000, pauseMilliseconds: 5_000 }

interface RemoteRequest {
  readonly command: string
  readonly arguments: Readonly<Record<string, unknown>>
}

type Signer = (service: string) => SignatureV4

interface Answer {
  readonly status: number
  readonly body: string
}

/** Sends a signed POST. It waits as long as the connection lasts: a command may take 15 minutes, and `fetch` gives up after five. */
const post = async (signer: Signer, service: string, address: string, type: string, body: string): Promise<Answer> => {
  const { hostname, host, pathname, port, protocol } = new URL(address)
  const unsigned = { method: 'POST', protocol, hostname, path: pathname, headers: { host, 'content-type': type }, body }
  const { headers } = await signer(service).sign(unsigned)
  const { promise, reject, resolve } = Promise.withResolvers<Answer>()
  const sent = (protocol === 'https:' ? requestHttps : requestHttp)(
    { method: 'POST', hostname, port, path: pathname, headers: { ...headers, 'content-length': Buffer.byteLength(body) } },
    response => void readText(response).then(text => resolve({ status: response.statusCode ?? 0, body: text }), reject),
  )
  // So that no router on the way forgets a connection on which nothing is sent for minutes.
  sent.on('socket', socket => socket.setKeepAlive(true, 30_000))
  sent.on('error', reject)
  sent.end(body)
  return promise
}

const outputs = ['OperatorUrl', 'OperatorRoleArn'] as const

/** The address and the role of the function, from the outputs of its stack. */
const findFunction = async (client: CloudFormationClient, environment: string): Promise<Record<(typeof outputs)[number], string>> => {
  const StackName = `nestegg-${environment}-operations`
  const region = await client.config.region()
  const { Stacks = [] } = await client.send(new DescribeStacksCommand({ StackName })).catch((error: unknown) => {
    const isMissing = error instanceof Error && error.name === 'ValidationError'
    if (isMissing)
      throw new Error(`There is no stack ${StackName} in ${region}. Set AWS_REGION and AWS_PROFILE to those of the environment.`)
    throw error
  })
  const values = new Map(Stacks[0]?.Outputs?.map(({ OutputKey, OutputValue }) => [OutputKey, OutputValue]))
  const valueOf = (name: (typeof outputs)[number]) => {
    const value = values.get(name)
    if (value === undefined) throw new Error(`The stack ${StackName} has no output ${name}. Deploy it again.`)
    return value
  }
  return { OperatorUrl: valueOf('OperatorUrl'), OperatorRoleArn: valueOf('OperatorRoleArn') }
}

/** The last part of the caller's ARN: the name of a user, or of a session. The trust of the role requires users to name their session so. */
const callerName = async (signer: Signer, region: string): Promise<string> => {
  const address = process.env['AWS_ENDPOINT_URL_STS'] ?? process.env['AWS_ENDPOINT_URL'] ?? `https://sts.${region}.amazonaws.com`
  const form = 'application/x-www-form-urlencoded'
  const { body, status } = await post(signer, 'sts', address, form, 'Action=GetCallerIdentity&Version=2011-06-15')
  const name = /<Arn>[^<]*\/([\w+=,.@-]+)<\/Arn>/.exec(body)?.[1]
  if (status !== 200 || name === undefined) throw new Error(`AWS does not say who you are (${status}). ${body.trim()}`)
  return name
}

const answerForm = z.object({ exitCode: z.literal([0, 1, 3]), output: z.string(), error: z.string().optional() })
const problemForm = z.object({ detail: z.string(), errors: z.array(z.object({ path: z.string(), message: z.string() })).default([]) })

const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** Answers of Lambda itself, which come before the function has run or after it has ended without an answer. */
const passing = new Set([409, 429, 500, 502, 503, 504])

/** Sends a request until the function answers it. The request keeps its id, so that no repetition runs the command again. */
const untilAnswered = async (send: () => Promise<Answer>, terminal: Terminal, times: RetryTimes): Promise<Answer> => {
  const startedAt = performance.now()
  for (let attempt = 1; ; attempt += 1) {
    const answer = await send().catch(
      (error: unknown): Answer => ({ status: 0, body: error instanceof Error ? error.message : String(error) }),
    )
    const isOwn = answerForm.or(problemForm).safeParse(parseJson(answer.body)).success
    if (isOwn || !(passing.has(answer.status) || answer.status === 0)) return answer
    if (performance.now() - startedAt > times.budgetMilliseconds)
      throw new Error(`The function did not answer in time. Its last answer: ${answer.status} ${answer.body.trim()}`)
    if (attempt === 1)
      terminal.error(
        `The function cannot answer yet (${answer.status} ${answer.body.trim()}). After weeks without a call, Lambda needs about a minute for its network. Trying again.\n`,
      )
    await wait(times.pauseMilliseconds)
  }
}

/**
 * Runs a command in AWS: assumes the role of operators, and calls the URL of the function with a signature, so that IAM vouches for the caller.
 * Writes what the command writes there, and returns its exit code.
 */
export const runRemotely = async (
  request: RemoteRequest,
  { environment, mfaSerial }: RemoteOptions,
  terminal: Terminal,
  times = retryTimes,
): Promise<ExitCode> => {
  const client = new CloudFormationClient({})
  const region = await client.config.region()
  const { OperatorRoleArn, OperatorUrl } = await findFunction(client, environment)
  const signerOf =
    (credentials: ConstructorParameters<typeof SignatureV4>[0]['credentials']): Signer =>
    service =>
      new SignatureV4({ credentials, service, region, sha256: Sha256Node })
  const session = fromTemporaryCredentials({
    masterCredentials: client.config.credentials,
    params: {
      RoleArn: OperatorRoleArn,
      RoleSessionName: await callerName(signerOf(client.config.credentials), region),
      ...(mfaSerial === undefined ? {} : { SerialNumber: mfaSerial }),
    },
    mfaCodeProvider: serial => terminal.ask(`Code of ${serial}`),
    clientConfig: { region },
  })
  const credentials = await session()
  const body = JSON.stringify({ requestId: randomUUID(), ...request })
  const answer = await terminal.progress(`Running ${request.command} in ${environment}`, () =>
    untilAnswered(() => post(signerOf(credentials), 'lambda', OperatorUrl, 'application/json', body), terminal, times),
  )
  const parsed = parseJson(answer.body)
  const ran = answerForm.safeParse(parsed)
  if (ran.success) {
    terminal.out(ran.data.output)
    if (ran.data.error !== undefined) terminal.error(`${ran.data.error}\n`)
    return ran.data.exitCode
  }
  const refused = problemForm.safeParse(parsed)
  if (!refused.success) throw new Error(`The function was not reached: ${answer.status} ${answer.body.trim()}`)
  const { detail, errors } = refused.data
  const lines =
    errors.length === 0 ? [detail] : errors.map(({ message, path }) => `${path.replace(/^body\.(arguments\.)?/, '')}: ${message}`)
  terminal.error(lines.map(line => `error: ${line}\n`).join(''))
  return answer.status === 400 ? exitCodes.wrongUsage : exitCodes.failed
}
