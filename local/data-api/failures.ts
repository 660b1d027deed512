import postgres from 'postgres'
import { SignatureError } from '../signatures.ts'

/**
 * The errors of the RDS Data API and the HTTP status of each, as in the service's model (the `httpError` traits of
 * `@aws-sdk/client-rds-data`); the last ones are common to every AWS service.
 */
export const statusOfFailure = {
  AccessDeniedException: 403,
  BadRequestException: 400,
  DatabaseErrorException: 400,
  DatabaseNotFoundException: 404,
  DatabaseResumingException: 400,
  DatabaseUnavailableException: 504,
  ForbiddenException: 403,
  HttpEndpointNotEnabledException: 400,
  InternalServerErrorException: 500,
  InvalidResourceStateException: 400,
  InvalidSecretException: 400,
  NotFoundException: 404,
  SecretsErrorException: 400,
  ServiceUnavailableError: 503,
  StatementTimeoutException: 400,
  TransactionNotFoundException: 404,
  UnsupportedResultException: 400,
  MissingAuthenticationTokenException: 403,
  IncompleteSignatureException: 403,
  UnrecognizedClientException: 403,
  InvalidSignatureException: 403,
  ThrottlingException: 400,
  ValidationException: 400,
} as const

export type FailureName = keyof typeof statusOfFailure

/** An answer other than success, on its way to the caller. */
export class DataApiFailure extends Error {
  readonly failure: FailureName

  constructor(failure: FailureName, message: string) {
    super(message)
    this.name = failure
    this.failure = failure
  }
}

/** PostgreSQL's message with its details in one line, as the Data API writes it; the SQLSTATE comes last. */
const databaseMessage = ({ severity, message, detail, hint, position, code }: postgres.PostgresError): string =>
  [
    `${severity}: ${message}`,
    ...(detail ? [`Detail: ${detail}`] : []),
    ...(hint ? [`Hint: ${hint}`] : []),
    ...(position ? [`Position: ${position}`] : []),
    `SQLState: ${code}`,
  ].join('; ')

const isMultistatement = (error: postgres.PostgresError) => error.code === '42601' && error.message.includes('multiple commands')

/** The Data API's answer to an error of the database or of its connection. */
export const failureFrom = (error: unknown): DataApiFailure => {
  if (error instanceof DataApiFailure) return error
  if (error instanceof SignatureError) return new DataApiFailure(error.type, error.message)
  if (error instanceof postgres.PostgresError) {
    if (isMultistatement(error)) return new DataApiFailure('ValidationException', "Multistatements aren't supported.")
    if (error.code === '57P03') return new DataApiFailure('DatabaseUnavailableException', error.message)
    return new DataApiFailure('DatabaseErrorException', databaseMessage(error))
  }
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  return code === 'ECONNREFUSED' || code === 'CONNECT_TIMEOUT'
    ? new DataApiFailure('DatabaseUnavailableException', "The writer instance in the DB cluster isn't available.")
    : new DataApiFailure(
        'InternalServerErrorException',
        `An internal error occurred. ${error instanceof Error ? error.message : ''}`.trim(),
      )
}
