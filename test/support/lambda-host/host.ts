import { randomUUID } from 'node:crypto'
import { closeSync, fstatSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { type Sandbox, type SandboxOptions, startSandbox } from './sandbox.ts'

export interface LambdaHostOptions extends SandboxOptions {
  readonly timeoutSeconds: number
  /** Lambda gives a function's module ten seconds to load. */
  readonly initTimeoutSeconds?: number
}

/** Input of the caller in addition to the event, as in the `Invoke` request. The function finds it in its context. */
interface InvocationContext {
  readonly clientContext?: object
  readonly identity?: object
}

interface InvocationError {
  /** `Sandbox.Timedout`, `Runtime.ExitError`, `Runtime.ImportModuleError`… or the name of the error that the handler threw. */
  readonly errorType: string
  readonly errorMessage: string
  readonly trace?: readonly string[]
}

interface InvocationResult {
  /** The handler's answer, or the error document that Lambda returns after a failure. */
  readonly payload: unknown
  readonly error?: InvocationError
  /** Includes the start of the process, if there was none yet. */
  readonly durationMs: number
  /** Standard output and error of the function since the previous invocation. */
  readonly logs: string
}

export interface LambdaHost {
  /** A sandbox serves one invocation at a time; others wait. */
  invoke(event: unknown, context?: InvocationContext): Promise<InvocationResult>
  close(): Promise<void>
}

type Outcome = Pick<InvocationResult, 'payload' | 'error'>

interface Invocation {
  readonly id: string
  readonly event: unknown
  readonly context: InvocationContext
  readonly settle: (outcome: Outcome) => void
}

const failed = (error: InvocationError): Outcome => ({ payload: error, error })

const isInvocationError = (value: unknown): value is InvocationError =>
  typeof value === 'object' && value !== null && 'errorType' in value && 'errorMessage' in value

const parseError = (body: string): InvocationError => {
  const error: unknown = JSON.parse(body)
  if (!isInvocationError(error)) throw new Error(`The runtime reported an invalid error document: ${body}`)
  return error
}

/** Quota of a synchronous invocation's response. */
const responseLimitBytes = 6_291_556

const succeeded = (body: string): Outcome => {
  const sizeBytes = Buffer.byteLength(body)
  if (sizeBytes <= responseLimitBytes) return { payload: JSON.parse(body) }
  const errorMessage = `Response payload size (${sizeBytes} bytes) exceeded maximum allowed payload size (${responseLimitBytes} bytes).`
  return failed({ errorType: 'Function.ResponseSizeTooLarge', errorMessage })
}

/**
 * Runs a built function as Lambda would: AWS's runtime client in a process of its own, fed by this emulation of the Runtime API
 * ("Using the Lambda runtime API for custom runtimes", Lambda developer guide). The process starts at the first invocation, is
 * kept for the next, and is replaced after a timeout, a crash or a failed start. Unlike Lambda it is not frozen in between,
 * its memory limit is that of the JavaScript heap, and files are not read-only.
 */
export const startLambdaHost = async (options: LambdaHostOptions): Promise<LambdaHost> => {
  const { timeoutSeconds, initTimeoutSeconds = 10 } = options
  const folder = mkdtempSync(join(tmpdir(), 'lambda-host-'))
  const logPath = join(folder, 'log')
  const logFile = openSync(logPath, 'a')
  let sandbox: Sandbox | undefined
  /** The runtime's request for work. It is not answered while there is no work. */
  let asking: ServerResponse | undefined
  let current: Invocation | undefined
  let deadline: NodeJS.Timeout | undefined

  const settle = (outcome: Outcome) => {
    clearTimeout(deadline)
    current?.settle(outcome)
    current = undefined
  }

  /** Ends the sandbox first, so that the next invocation gets a new one. */
  const abandon = async (outcome: Outcome) => {
    const ending = current
    current = undefined
    clearTimeout(deadline)
    await sandbox?.kill()
    ending?.settle(outcome)
  }

  const limitTime = (seconds: number) => {
    clearTimeout(deadline)
    const { id = '' } = current ?? {}
    const errorMessage = `RequestId: ${id} Error: Task timed out after ${timeoutSeconds.toFixed(2)} seconds`
    deadline = setTimeout(() => void abandon(failed({ errorType: 'Sandbox.Timedout', errorMessage })), seconds * 1000)
  }

  const deliver = () => {
    if (!asking || !current) return
    const { id, event, context } = current
    limitTime(timeoutSeconds)
    asking.writeHead(200, {
      'content-type': 'application/json',
      'lambda-runtime-aws-request-id': id,
      'lambda-runtime-deadline-ms': Date.now() + timeoutSeconds * 1000,
      'lambda-runtime-invoked-function-arn': 'arn:aws:lambda:us-east-1:123456789012:function:test',
      'lambda-runtime-trace-id': `Root=1-00000000-${id.replaceAll('-', '').slice(0, 24)};Sampled=0`,
      ...(context.clientContext && { 'lambda-runtime-client-context': JSON.stringify(context.clientContext) }),
      ...(context.identity && { 'lambda-runtime-cognito-identity': JSON.stringify(context.identity) }),
    })
    asking.end(JSON.stringify(event))
    asking = undefined
  }

  const watch = async ({ exited }: Sandbox) => {
    const reason = await exited
    sandbox = undefined
    asking = undefined
    if (current) settle(failed({ errorType: 'Runtime.ExitError', errorMessage: `RequestId: ${current.id} Error: ${reason}` }))
  }

  const launch = (address: string) => {
    const started = startSandbox(options, address, logFile)
    sandbox = started
    limitTime(initTimeoutSeconds)
    void watch(started)
  }

  const serve = async (message: IncomingMessage, response: ServerResponse): Promise<void> => {
    const path = (message.url ?? '').replace('/2018-06-01/runtime/', '')
    if (path === 'invocation/next') {
      asking = response
      deliver()
      return
    }
    const body = await text(message)
    response.writeHead(202).end()
    if (path === 'init/error') await abandon(failed(parseError(body)))
    else if (path === `invocation/${current?.id}/response`) settle(succeeded(body))
    else if (path === `invocation/${current?.id}/error`) settle(failed(parseError(body)))
  }

  const server = createServer((message, response) => {
    serve(message, response).catch((error: unknown) => {
      const errorMessage = error instanceof Error ? error.message : String(error)
      void abandon(failed({ errorType: 'Runtime.InvalidResponse', errorMessage }))
    })
  })
  await new Promise<void>((fulfil, reject) => server.once('error', reject).listen(0, '127.0.0.1', fulfil))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('The Runtime API did not get a port.')

  const run = async (event: unknown, context: InvocationContext): Promise<InvocationResult> => {
    const startedAt = performance.now()
    const logOffset = fstatSync(logFile).size
    const outcome = await new Promise<Outcome>(settle => {
      current = { id: randomUUID(), event, context, settle }
      if (!sandbox) launch(`127.0.0.1:${address.port}`)
      deliver()
    })
    const logs = readFileSync(logPath).subarray(logOffset).toString()
    return { ...outcome, durationMs: performance.now() - startedAt, logs }
  }

  let queue: Promise<unknown> = Promise.resolve()
  return {
    invoke: (event, context = {}) => {
      const turn = queue.then(() => run(event, context))
      queue = turn.catch(() => undefined)
      return turn
    },
    close: async () => {
      await queue
      await sandbox?.kill()
      server.closeAllConnections()
      await new Promise(fulfil => server.close(fulfil))
      closeSync(logFile)
      rmSync(folder, { recursive: true })
    },
  }
}
