import { existsSync, readdirSync, rmSync } from 'node:fs'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { join } from 'node:path'
import * as z from 'zod'
import { type LargeRunExecution, runsPrefix } from '../../lambdas/planning/large-run-events.ts'
import type { AwsCredentials } from '../../lambdas/runtime/client-settings.ts'
import { logger } from '../../lambdas/runtime/observability.ts'
import { listen } from '../listener.ts'
import { readBody } from '../read-body.ts'
import { SignatureError, signatureCheck } from '../signatures.ts'
import { executeLargeRun } from './large-run.ts'
import { startWorkers, type Workers } from './workers.ts'

/** The limit of the input of an execution is 256 KiB. */
const requestLimitBytes = 1024 * 1024

const stateMachineArn = 'arn:aws:states:us-east-1:000000000000:stateMachine:large-runs'

export interface StepFunctions extends Pick<Workers, 'killBusy'> {
  readonly endpoint: string
  readonly stateMachineArn: string
  /** Starts the executions that ended with the platform again, and removes the stored shards of all other runs. */
  resume(executions: readonly LargeRunExecution[]): void
  /** Ends the executions in progress. Their runs and finished shards stay as they are, for `resume`. */
  close(): Promise<void>
}

export interface StepFunctionsOptions {
  /** Requests must be signed with them. */
  readonly credentials: AwsCredentials
  readonly workerCount: number
  /** The folder in which the tasks store the shards of a run. They are removed at its end. */
  readonly storeFolder: string
}

const startExecution = z.object({ stateMachineArn: z.string(), name: z.string(), input: z.string() })

/**
 * Serves StartExecution of Step Functions (JSON 1.0 protocol) on the loopback address for the platform's only state machine, and
 * runs its executions in worker threads. An execution has the name of its run; a second start is the same execution, as in AWS.
 */
export const startStepFunctions = async ({ credentials, storeFolder, workerCount }: StepFunctionsOptions): Promise<StepFunctions> => {
  const checkSignature = signatureCheck(credentials, 'states')
  const workers = startWorkers(workerCount)
  const started = new Map<string, number>()
  const runsFolder = join(storeFolder, runsPrefix)
  let closed = false

  const execute = (execution: LargeRunExecution): void => {
    const { runId } = execution
    if (started.has(runId)) return
    started.set(runId, Date.now() / 1000)
    executeLargeRun(workers, execution)
      .catch((error: unknown) => {
        if (!closed) logger.error('a large run could not be marked as failed', { runId, error })
      })
      .finally(() => {
        if (!closed) rmSync(join(runsFolder, runId), { recursive: true, force: true })
      })
  }

  const respond = (response: ServerResponse, status: number, body: object): void => {
    response.writeHead(status, { 'content-type': 'application/x-amz-json-1.0' })
    response.end(JSON.stringify(body))
  }

  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    if (request.url !== '/') return respond(response, 404, { __type: 'UnknownOperationException', message: 'Not Found' })
    const checkBody = checkSignature(request)
    const body = await readBody(request, response, requestLimitBytes)
    await checkBody(body)
    const parsed = startExecution.safeParse(JSON.parse(body.toString('utf8')))
    if (request.headers['x-amz-target'] !== 'AWSStepFunctions.StartExecution' || !parsed.success) {
      return respond(response, 400, { __type: 'ValidationException', message: 'Only StartExecution, with a name, is served here.' })
    }
    const { input, name, stateMachineArn: arn } = parsed.data
    if (arn !== stateMachineArn) {
      return respond(response, 400, { __type: 'StateMachineDoesNotExist', message: `State Machine Does Not Exist: '${arn}'` })
    }
    execute(JSON.parse(input) as LargeRunExecution)
    const executionArn = `${stateMachineArn.replace(':stateMachine:', ':execution:')}:${name}`
    respond(response, 200, { executionArn, startDate: started.get(name) })
  }

  const handle = (request: IncomingMessage, response: ServerResponse): void =>
    void answer(request, response).catch((error: unknown) => {
      const message = error instanceof Error ? error.message : String(error)
      if (error instanceof SignatureError) respond(response, 400, { __type: error.type, message })
      else respond(response, 500, { __type: 'InternalFailure', message })
    })
  const { server, url } = await listen({ port: 0, handle })
  return {
    endpoint: url,
    stateMachineArn,
    resume: executions => {
      const kept = new Set(executions.map(({ runId }) => runId))
      const stored = existsSync(runsFolder) ? readdirSync(runsFolder) : []
      for (const runId of stored) if (!kept.has(runId)) rmSync(join(runsFolder, runId), { recursive: true })
      for (const execution of executions) execute(execution)
    },
    killBusy: () => workers.killBusy(),
    close: async () => {
      closed = true
      server.closeAllConnections()
      await new Promise<void>(fulfil => server.close(() => fulfil()))
      await workers.close()
    },
  }
}
