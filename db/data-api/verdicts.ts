import { RDSDataServiceException } from '@aws-sdk/client-rds-data'
import postgres from 'postgres'
import { DatabaseFunctionError, type Verdict } from './errors.ts'

const codeOf = (error: unknown): string => (error instanceof Error && 'code' in error ? String(error.code) : '')

/** The database undid the call because of another one: a serialization failure and a deadlock. */
const undone = new Set(['40001', '40P01'])

/** The connection was never made. */
const notConnected = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'CONNECT_TIMEOUT'])
/** The connection was cut, perhaps after the call was sent. */
const cutOff = new Set(['ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'CONNECTION_CLOSED', 'CONNECTION_DESTROYED'])

/** The service answers these before it hands the statement to the database (API reference of the RDS Data API, "Errors"). */
const refusedBeforehand = new Set([
  'DatabaseResumingException',
  'DatabaseUnavailableException',
  'ServiceUnavailableError',
  'ThrottlingException',
  'TooManyRequestsException',
])

/**
 * The Data API puts PostgreSQL's fields into one message: `ERROR: <message>; Detail: …; Hint: …; Position: …; SQLState: 23505`.
 */
const databaseError =
  /^(?:[A-Z]+: )?(?<message>[^]*?)(?:[;\n]\s*(?:Detail|Hint|Position|Where): [^]*)?; SQLState: (?<sqlState>[0-9A-Z]{5})$/

const ofConnection = (error: unknown): Verdict => {
  const code = codeOf(error)
  if (notConnected.has(code)) return { kind: 'not-applied' }
  const isTimeout = error instanceof Error && (error.name === 'TimeoutError' || error.name === 'AbortError')
  return cutOff.has(code) || isTimeout ? { kind: 'unknown' } : { kind: 'final', error }
}

/** Judges what `RDSDataClient.send` threw. */
export const dataApiVerdict = (error: unknown): Verdict => {
  if (!(error instanceof RDSDataServiceException)) return ofConnection(error)
  if (refusedBeforehand.has(error.name) || error.$metadata.httpStatusCode === 429) return { kind: 'not-applied' }
  if (error.name === 'StatementTimeoutException' || error.$fault === 'server') return { kind: 'unknown' }
  const { message, sqlState } = databaseError.exec(error.message)?.groups ?? {}
  if (error.name !== 'DatabaseErrorException' || message === undefined || sqlState === undefined) return { kind: 'final', error }
  return undone.has(sqlState)
    ? { kind: 'not-applied' }
    : { kind: 'final', error: new DatabaseFunctionError(sqlState, message, { cause: error }) }
}

/** Errors at connection time of a server that is starting up, or has no free connection. */
const refusedConnection = new Set(['57P03', '53300'])

/** Judges what postgres.js threw. */
export const directVerdict = (error: unknown): Verdict => {
  if (!(error instanceof postgres.PostgresError)) return ofConnection(error)
  if (refusedConnection.has(error.code) || undone.has(error.code)) return { kind: 'not-applied' }
  return { kind: 'final', error: new DatabaseFunctionError(error.code, error.message, { cause: error }) }
}
