import type { IncomingMessage, ServerResponse } from 'node:http'
import type { AwsCredentials } from '../../lambdas/runtime/client-settings.ts'
import { listen } from '../listener.ts'
import { BodyTooLarge, readBody } from '../read-body.ts'
import { signatureCheck } from '../signatures.ts'
import { DataApiFailure, type FailureName, failureFrom, statusOfFailure } from './failures.ts'
import { type OperationName, operationOfPath, parseRequest, type Request, requestSchemas } from './requests.ts'
import { type Session, type SessionLocation, sessionPool } from './sessions.ts'
import { batchExecuteStatement, executeStatement, StatementTimeout } from './statements.ts'
import { transactionRegistry } from './transactions.ts'

/** Limits of the service (Aurora user guide, "Limitations for the Amazon RDS Data API", and the SDK's reference). */
const requestLimitBytes = 4 * 1024 * 1024
const responseLimitBytes = 1024 * 1024
const formattedResponseLimitBytes = 10 * 1024 * 1024
const poolSize = 10

const requestTooLarge = () => new DataApiFailure('BadRequestException', 'Request size exceeds the limit of 4 MiB')

interface Fault {
  /** Default: every operation. */
  readonly operation?: OperationName
  /** `ConnectionReset` cuts the caller's connection without an answer. */
  readonly error: FailureName | 'ConnectionReset'
  /** The number of matching requests that fail, from the next one on. */
  readonly times: number
  /** `before` (the default): the request has no effect. `after`: it takes effect, and only its answer is lost. */
  readonly when?: 'before' | 'after'
}

export interface DataApiOptions {
  /** Requests must be signed with them. */
  readonly credentials: AwsCredentials
  readonly clusterArn: string
  /** The users of the database, by the ARN of the secret that holds the password in AWS. */
  readonly secrets: Readonly<Record<string, { readonly user: string; readonly password: string }>>
  /** `database` is used for requests that name none. */
  readonly location: { readonly host: string; readonly port: number; readonly database: string }
  /** The time in milliseconds, for the expiry of idle transactions. */
  readonly clock?: () => number
  /** Default: 45 seconds, as in AWS. Tests set less. */
  readonly statementTimeoutMilliseconds?: number
}

export interface DataApi {
  readonly endpoint: string
  injectFault(fault: Fault): void
  close(): Promise<void>
}

/**
 * Serves the RDS Data API of Aurora Serverless v2 (PostgreSQL) on the loopback address, over a real PostgreSQL server, to the
 * real SDK client: its operations, refusals, limits and error messages, so that code that works here also works in AWS.
 */
export const startDataApi = async (options: DataApiOptions): Promise<DataApi> => {
  const { clusterArn, credentials, secrets, location, clock = Date.now, statementTimeoutMilliseconds = 45_000 } = options
  const checkSignature = signatureCheck(credentials, 'rds-data')
  const pools = new Map<string, ReturnType<typeof sessionPool>>()
  const transactions = transactionRegistry(clock)
  const faults: { fault: Fault; left: number }[] = []

  const sessionLocation = (request: { resourceArn: string; secretArn: string; database?: string | undefined }): SessionLocation => {
    if (request.resourceArn !== clusterArn) {
      throw new DataApiFailure('DatabaseNotFoundException', `DB cluster ${request.resourceArn} is not found`)
    }
    const credentials = secrets[request.secretArn]
    if (!credentials) {
      const message = `Error fetching secret ${request.secretArn} : Secrets Manager can't find the specified secret.`
      throw new DataApiFailure('SecretsErrorException', message)
    }
    return { ...location, ...credentials, database: request.database ?? location.database }
  }

  const onSession = async <Result>(
    request: Request<'ExecuteStatement' | 'BatchExecuteStatement'>,
    work: (session: Session) => Promise<Result>,
  ): Promise<Result> => {
    const target = sessionLocation(request)
    /** A statement that takes too long is answered at once. Its session stays in use until it ends. */
    const answered = Promise.withResolvers<Result>()
    const holding = async (session: Session) => {
      try {
        answered.resolve(await work(session))
      } catch (error) {
        answered.reject(error)
        if (error instanceof StatementTimeout) await error.settled
      }
    }
    if (request.transactionId === undefined) {
      const key = `${target.user}@${target.database}`
      const pool = pools.get(key) ?? sessionPool(target, poolSize)
      pools.set(key, pool)
      pool.lend(holding).catch(answered.reject)
    } else {
      transactions.use(request.transactionId, request.secretArn, holding).catch(answered.reject)
    }
    return answered.promise
  }

  const { begin, end } = transactions
  const { ExecuteStatement, BatchExecuteStatement, BeginTransaction, CommitTransaction, RollbackTransaction } = requestSchemas
  const endTransaction = async (request: Request<'CommitTransaction' | 'RollbackTransaction'>, how: 'commit' | 'rollback') => {
    sessionLocation(request)
    return { transactionStatus: await end(request.transactionId, request.secretArn, how) }
  }
  const operations: Readonly<Record<OperationName, (body: string) => Promise<object>>> = {
    ExecuteStatement: async body => {
      const request = parseRequest(ExecuteStatement, body)
      return onSession(request, session => executeStatement(session, request, statementTimeoutMilliseconds))
    },
    BatchExecuteStatement: async body => {
      const request = parseRequest(BatchExecuteStatement, body)
      return onSession(request, session => batchExecuteStatement(session, request))
    },
    BeginTransaction: async body => {
      const request = parseRequest(BeginTransaction, body)
      return { transactionId: await begin(sessionLocation(request), request.secretArn) }
    },
    CommitTransaction: async body => endTransaction(parseRequest(CommitTransaction, body), 'commit'),
    RollbackTransaction: async body => endTransaction(parseRequest(RollbackTransaction, body), 'rollback'),
  }

  const takeFault = (operation: OperationName, when: 'before' | 'after'): Fault['error'] | undefined => {
    const found = faults.find(
      ({ fault, left }) => left > 0 && (fault.when ?? 'before') === when && (fault.operation ?? operation) === operation,
    )
    if (found) found.left--
    return found?.fault.error
  }

  const meetFault = (operation: OperationName, when: 'before' | 'after', message: IncomingMessage): void => {
    const error = takeFault(operation, when)
    if (error === undefined) return
    if (error === 'ConnectionReset') message.socket.destroy()
    throw new DataApiFailure(error === 'ConnectionReset' ? 'InternalServerErrorException' : error, `${error} (injected)`)
  }

  const answer = async (operation: OperationName, message: IncomingMessage, outgoing: ServerResponse): Promise<string> => {
    const checkBody = checkSignature(message)
    const headerBytes = message.rawHeaders.reduce((sum, text) => sum + text.length + 2, 0)
    const body = await readBody(message, outgoing, requestLimitBytes - headerBytes)
    await checkBody(body)
    meetFault(operation, 'before', message)
    const response = await operations[operation](body.toString())
    meetFault(operation, 'after', message)
    const text = JSON.stringify(response)
    const limitBytes = 'formattedRecords' in response ? formattedResponseLimitBytes : responseLimitBytes
    if (Buffer.byteLength(text) > limitBytes) {
      throw new DataApiFailure('BadRequestException', 'Database returned more than the allowed response size limit')
    }
    return text
  }

  const respond = (response: ServerResponse, status: number, headers: Record<string, string>, body: string): void => {
    if (!response.destroyed) response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(body)
  }

  const handle = async (message: IncomingMessage, response: ServerResponse): Promise<void> => {
    const operation = operationOfPath[message.url ?? '']
    try {
      if (!operation || message.method !== 'POST')
        throw new DataApiFailure('AccessDeniedException', 'Unable to determine service/operation name')
      respond(response, 200, {}, await answer(operation, message, response))
    } catch (error) {
      const { failure, message: text } = failureFrom(error instanceof BodyTooLarge ? requestTooLarge() : error)
      respond(response, statusOfFailure[failure], { 'x-amzn-errortype': failure }, JSON.stringify({ message: text }))
    }
  }
  const { server, url } = await listen({ port: 0, handle: (message, response) => void handle(message, response) })

  return {
    endpoint: url,
    injectFault: fault => void faults.push({ fault, left: fault.times }),
    close: async () => {
      server.closeAllConnections()
      await new Promise(fulfil => server.close(fulfil))
      await Promise.all([transactions.close(), ...[...pools.values()].map(pool => pool.close())])
    },
  }
}
