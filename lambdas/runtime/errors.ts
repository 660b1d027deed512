import * as z from 'zod'
import { DatabaseUnreachableError } from '../../db/data-api/errors.ts'
import { constraints } from '../../db/schema/constraints.ts'
import { DomainError, issuesOf, issuesUnder, tryParse } from '../../domain/shared/index.ts'
import { InvalidSpecError } from '../../domain/simulation/index.ts'
import { logger } from './observability.ts'
import type { ProblemCode } from './problem-codes.ts'
import { editorsOnly, fieldProblem, Problem } from './problem.ts'
import { messageOf } from './zod-messages.ts'

// For every schema, in this module or elsewhere, since all requests are parsed with parsePart.
z.config({ customError: messageOf })

const connectionCodes = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'ENOTFOUND',
  'CONNECT_TIMEOUT',
  'CONNECTION_CLOSED',
  'CONNECTION_ENDED',
  'CONNECTION_DESTROYED',
  '57P01', // admin_shutdown
  '57P02', // crash_shutdown
  '57P03', // cannot_connect_now
  '57P05', // idle_session_timeout
  '53300', // too_many_connections
  '08000',
  '08001',
  '08003',
  '08006',
])

const property = (error: unknown, name: string): unknown =>
  typeof error === 'object' && error !== null ? Reflect.get(error, name) : undefined

/** Every error in a chain of causes: drizzle wraps the driver's error in its own. */
const chain = function* (error: unknown): Generator {
  for (
    let current = error, depth = 0;
    current !== undefined && current !== null && depth < 8;
    current = property(current, 'cause'), depth += 1
  )
    yield current
}

const codeOf = (error: unknown): string | undefined => {
  for (const link of chain(error)) {
    const code = property(link, 'code') ?? property(link, 'sqlState')
    if (typeof code === 'string') return code
  }
  return undefined
}

/**
 * The database cannot be reached or the connection was lost. An uncommitted transaction is rolled back; a commit in progress may have
 * succeeded.
 */
export const isConnectionError = (error: unknown): boolean => connectionCodes.has(codeOf(error) ?? '')

/**
 * A connection is of no further use: it was lost, or its server was the writer before a failover, and is a reader now. Such a server refuses
 * the first statement of a transaction that wants to write: its identity cannot be set, since the transaction is read-only already.
 */
export const needsNewConnection = (error: unknown): boolean => isConnectionError(error) || ['25000', '25006'].includes(codeOf(error) ?? '')

/** The database could not be reached, by a connection or over the Data API. */
export const isUnreachable = (error: unknown): boolean =>
  [...chain(error)].some(link => link instanceof DatabaseUnreachableError) || isConnectionError(error)

/** Serialization failure, deadlock, or a lock that was not free in time: the transaction may be run again from its start. */
export const isTransient = (error: unknown): boolean => ['40001', '40P01', '55P03'].includes(codeOf(error) ?? '')

/**
 * A migration has changed the type of a column since the connection prepared the statement. The connection has forgotten the statement now,
 * so the transaction can run again.
 */
export const isStalePlan = (error: unknown): boolean =>
  [...chain(error)].some(link => property(link, 'routine') === 'RevalidateCachedQuery')

/** A value does not fit the type of its column (SQLSTATE class 22). In a well-formed statement, such a value comes from the caller. */
export const isDataException = (error: unknown): boolean => codeOf(error)?.startsWith('22') ?? false

/** The disk or the memory of the server is full, or it has no free connection (SQLSTATE class 53). */
const isOutOfResources = (error: unknown): boolean => codeOf(error)?.startsWith('53') ?? false

/** The text of each error in the chain: the Data API puts there what the driver has in fields. */
const messages = (error: unknown): string[] => [...chain(error)].map(link => String(property(link, 'message')))

const constraintOf = (error: unknown): string | undefined => {
  const named = [...chain(error)].map(link => property(link, 'constraint_name')).find(name => typeof name === 'string')
  return named ?? messages(error).flatMap(message => /constraint "([^"]+)"/.exec(message)?.[1] ?? [])[0]
}

/** The problem that a violated constraint is for the caller. Undefined when no request can violate it: then it is a fault of the server. */
const violation = (code: ProblemCode, detail: string, cause: unknown): Problem | undefined => {
  const meaning = constraints[constraintOf(cause) ?? '']
  if (meaning === null) return undefined
  if (meaning === undefined) return new Problem(code, detail, { cause })
  return fieldProblem(code, [{ path: `body.${meaning.field}`, message: meaning.message }], { cause })
}

/** The table of the rows that still refer to a row, when that row cannot be removed or changed because of them. */
const referringTable = (error: unknown): string | undefined =>
  messages(error).flatMap(message => /^(?:ERROR: )?update or delete on table .* on table "([^"]+)"/.exec(message)?.[1] ?? [])[0]

/** Row-level security rejected a row. Without this, 42501 means a missing grant, which is a fault of the server. */
const isRowRejected = (error: unknown): boolean => messages(error).some(message => message.includes('violates row-level security policy'))

/** The errors of PostgreSQL that a caller can cause, by SQLSTATE. */
const fromSqlState = (error: unknown): Problem | undefined => {
  switch (codeOf(error)) {
    case '23505':
      return violation('already-exists', 'A value that must be unique is already in use.', error)
    case '23001':
    case '23503': {
      const referring = referringTable(error)
      if (referring !== undefined)
        return new Problem('still-in-use', `It is still used by other data: ${referring.replaceAll('_', ' ')}.`, { cause: error })
      return violation('invalid-reference', 'The request refers to something that does not exist.', error)
    }
    case '23502':
    case '23514':
    case '22003':
      return violation('invalid-value', 'A value is outside of what can be stored.', error)
    case 'NE401':
      return new Problem('sign-in-required', 'Your session has ended. Sign in again.', {
        headers: { 'www-authenticate': 'Bearer' },
        cause: error,
      })
    case 'NE409':
      return new Problem('last-owner', 'A household must keep at least one owner.', { cause: error })
    case 'NE403':
      return editorsOnly(error)
    case '42501':
      return isRowRejected(error) ? editorsOnly(error) : undefined
    case '40001':
    case '40P01':
    case '55P03':
      return new Problem('unavailable', 'Other requests changed the same data at the same time. Try again.', {
        headers: { 'retry-after': '1' },
        cause: error,
      })
    case '57014':
      return new Problem('unavailable', 'The database took too long. Try again.', { headers: { 'retry-after': '5' }, cause: error })
    default:
      return isOutOfResources(error)
        ? new Problem('unavailable', 'The database has no free resources. Try again later.', {
            headers: { 'retry-after': '30' },
            cause: error,
          })
        : undefined
  }
}

/**
 * The one place where errors become HTTP. An unknown error is a fault of the server: the answer is a fixed 500 without details, and the
 * caller of this function logs the error.
 */
export const toProblem = (error: unknown): Problem => {
  if (error instanceof Problem) return error
  if (error instanceof InvalidSpecError)
    return new Problem('plan-not-simulable', 'The plan cannot be simulated as it is.', { errors: error.issues })
  if (error instanceof DomainError) return fieldProblem('invalid-value', error.issues, { cause: error })
  if (isConnectionError(error) || error instanceof DatabaseUnreachableError) {
    return new Problem(
      'unavailable',
      'A part of the platform is not available right now. Try again, with the same Idempotency-Key if you sent one.',
      {
        headers: { 'retry-after': '2' },
        cause: error,
      },
    )
  }
  return fromSqlState(error) ?? new Problem('internal', 'The request failed because of a fault in the server.', { cause: error })
}

/** Parses one part of a request; throws a 400 that names each offending field. */
export const parsePart = <Schema extends z.ZodType>(schema: Schema, value: unknown, root: string): z.output<Schema> => {
  const parsed = tryParse(schema, value)
  if (parsed.success) return parsed.data
  if (parsed.error.cause !== undefined) logger.warn('a check of a request threw', { root, error: parsed.error.cause })
  throw fieldProblem('invalid-request', issuesUnder(root, issuesOf(parsed.error)))
}
