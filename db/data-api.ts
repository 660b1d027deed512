import { ExecuteStatementCommand, RDSDataClient, type RDSDataClientConfig } from '@aws-sdk/client-rds-data'
import type { Sql } from './connections.ts'
import { type RetryOptions, withRetries } from './data-api/retry.ts'
import { dataApiVerdict, directVerdict } from './data-api/verdicts.ts'

export { DatabaseFunctionError, DatabaseUnreachableError } from './data-api/errors.ts'

export type JsonValue = null | boolean | number | string | readonly JsonValue[] | { readonly [name: string]: JsonValue }

interface CallOptions {
  /** It does no harm to run the function twice, so the call is sent again if its answer was lost. */
  readonly idempotent?: boolean
}

/**
 * Calls SQL functions that take one JSON document and return one. Each call is one statement, and so atomic. There are two
 * implementations with the same answers and errors: the RDS Data API for callers outside the VPC, a connection for callers inside.
 */
export interface FunctionCaller {
  /**
   * @param functionName `schema.function`, in lower case; the function is `(jsonb) returns jsonb`.
   * @throws DatabaseFunctionError if the database refuses the call or the function raises an error; DatabaseUnreachableError if no
   * answer came in time; RangeError if the document exceeds the Data API's limit.
   */
  call(functionName: string, document: JsonValue, options?: CallOptions): Promise<JsonValue>
}

export interface DataApiTarget extends RetryOptions {
  /** Made by `dataApiClient`. */
  readonly client: RDSDataClient
  readonly clusterArn: string
  readonly secretArn: string
  readonly database: string
}

/** "The maximum size of a request is 4 MiB including HTTP headers" (quotas of Amazon Aurora); a signed request's headers take about 1 KiB. */
const requestLimitBytes = 4 * 1024 * 1024 - 8 * 1024

/** The statement of a call. `parameter` is the placeholder of the document's text. */
const statementFor = (functionName: string, parameter: string): string => {
  if (!/^[a-z_]+\.[a-z_]+$/.test(functionName)) throw new TypeError(`Not the name of a function in a schema: ${functionName}`)
  return `select (${functionName.replace(/[a-z_]+/g, '"$&"')}(cast(${parameter} as jsonb)))::text as result`
}

const parseResult = (result: string | null | undefined): JsonValue => (typeof result === 'string' ? JSON.parse(result) : null)

/**
 * A client that sends each request once, over a new connection. The SDK's own retries would also repeat requests that the database may
 * have executed already. A reused connection can be closed while a Lambda function is frozen; that looks like a lost answer too.
 */
export const dataApiClient = (configuration: RDSDataClientConfig = {}): RDSDataClient =>
  new RDSDataClient({
    requestHandler: { httpAgent: { keepAlive: false }, httpsAgent: { keepAlive: false } },
    ...configuration,
    maxAttempts: 1,
  })

/** Calls functions over the RDS Data API, which takes documents of up to 4 MiB and returns results of up to 64 KB. */
export const dataApiCaller = ({ client, clusterArn, secretArn, database, ...retryOptions }: DataApiTarget): FunctionCaller => ({
  call: async (functionName, document, { idempotent = false } = {}) => {
    if ((await client.config.maxAttempts()) !== 1) throw new Error('This client retries requests by itself. Make it with dataApiClient.')
    const request = {
      resourceArn: clusterArn,
      secretArn,
      database,
      sql: statementFor(functionName, ':document'),
      parameters: [{ name: 'document', value: { stringValue: JSON.stringify(document) } }],
    }
    const sizeBytes = Buffer.byteLength(JSON.stringify(request))
    if (sizeBytes > requestLimitBytes) {
      throw new RangeError(
        `The document for ${functionName} makes a request of ${sizeBytes} bytes; the Data API takes ${requestLimitBytes}.`,
      )
    }
    const attempt = (millisecondsLeft: number) =>
      client.send(new ExecuteStatementCommand(request), { abortSignal: AbortSignal.timeout(Math.ceil(millisecondsLeft)) })
    const { records } = await withRetries({ name: functionName, isIdempotent: idempotent }, dataApiVerdict, attempt, retryOptions)
    return parseResult(records?.[0]?.[0]?.stringValue)
  },
})

/** Calls functions over a connection. Documents and results may be of any size. */
export const directCaller = (sql: Sql, retryOptions: RetryOptions = {}): FunctionCaller => ({
  call: async (functionName, document, { idempotent = false } = {}) => {
    // Bound as text: as jsonb, postgres.js would write the document's text as a JSON string.
    const text = statementFor(functionName, '$1::text')
    const attempt = async () => sql.unsafe<{ result: string | null }[]>(text, [JSON.stringify(document)])
    const rows = await withRetries({ name: functionName, isIdempotent: idempotent }, directVerdict, attempt, retryOptions)
    return parseResult(rows[0]?.result)
  },
})
