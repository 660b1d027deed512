import { randomUUID } from 'node:crypto'
import { request as requestHttp } from 'node:http'
import { request as requestHttps } from 'node:https'
import { text as readText } from 'node:stream/consumers'
import { setTimeout as wait } from 'node:timers/promises'
import { AssumeRoleCommand, GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts'
import { Sha256Node } from '@smithy/core/checksum'
import { SignatureV4 } from '@smithy/signature-v4'
import * as z from 'zod'
import { type ExitCode, exitCodes } from '../../lambdas/runtime/command.ts'
import { type EnvironmentName, readDeployments } from '../../lib/deployment.ts'
import { readOutputs } from './stack-outputs.ts'
import type { Terminal } from './terminal.ts'

export interface RemoteOptions {
  readonly environment: EnvironmentName
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

interface Answer {
  readonly status: number
  readonly body: string
}

/** Sends a signed POST. It waits as long as the connection lasts: a command may take 15 minutes, and `fetch` gives up after five. */
const post = async (signer: SignatureV4, address: string, body: string): Promise<Answer> => {
  const { hostname, host, pathname, port, protocol } = new URL(address)
  const unsigned = { method: 'POST', protocol, hostname, path: pathname, headers: { host, 'content-type': 'application/json' }, body }
  const { headers } = await signer.sign(unsigned)
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

/**
 * Checks that the caller is in the account of the environment.
 * @returns the last part of the caller's ARN: the name of a user, or of a session. The role requires that users name their session so.
 */
const callerName = async (sts: STSClient, environment: string, account: string): Promise<string> => {
  const { Account, Arn = '' } = await sts.send(new GetCallerIdentityCommand({}))
  if (Account !== account)
    throw new Error(`You are ${Arn}, but ${environment} is in the account ${account}. Set AWS_PROFILE to a profile of that account.`)
  return Arn.replace(/^.*[/:]/, '')
}

/** The credentials of a session of the role, which lasts for an hour. */
const assumeRole = async (sts: STSClient, RoleArn: string, RoleSessionName: string, mfa: object) => {
  const { Credentials } = await sts.send(new AssumeRoleCommand({ RoleArn, RoleSessionName, DurationSeconds: 3_600, ...mfa }))
  const { AccessKeyId: accessKeyId = '', SecretAccessKey: secretAccessKey = '', SessionToken } = Credentials ?? {}
  return { accessKeyId, secretAccessKey, ...(SessionToken === undefined ? {} : { sessionToken: SessionToken }) }
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
  const { account, region } = readDeployments()[environment]
  const sts = new STSClient({ region })
  const name = await callerName(sts, environment, account)
  const { OperatorRoleArn, OperatorUrl } = await readOutputs(environment, 'operations', ['OperatorUrl', 'OperatorRoleArn'])
  const mfa = mfaSerial === undefined ? {} : { SerialNumber: mfaSerial, TokenCode: await terminal.ask(`Code of ${mfaSerial}`) }
  const credentials = await assumeRole(sts, OperatorRoleArn, name, mfa)
  const signer = new SignatureV4({ credentials, service: 'lambda', region, sha256: Sha256Node })
  const body = JSON.stringify({ requestId: randomUUID(), ...request })
  const answer = await terminal.progress(`Running ${request.command} in ${environment}`, () =>
    untilAnswered(() => post(signer, OperatorUrl, body), terminal, times),
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
