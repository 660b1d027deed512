import type * as z from 'zod'
import { DatabaseUnreachableError } from '../../db/data-api/errors.ts'
import { InvalidHouseholdError } from '../../domain/planning/index.ts'
import { InvalidSpecError } from '../../domain/simulation/index.ts'
import { type FieldError, Problem } from './problem.ts'

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

/** The database could not be reached or went away: nothing of an uncommitted transaction was kept. Whether a commit under way arrived is not known. */
export const isConnectionError = (error: unknown): boolean => connectionCodes.has(codeOf(error) ?? '')

/** Serialization failure or deadlock: the transaction may be run again from its start. */
export const isTransient = (error: unknown): boolean => ['40001', '40P01'].includes(codeOf(error) ?? '')

/** A value is not one of its column's type (SQLSTATE class 22): of a well-formed statement, what a caller wrote into it. */
export const isDataException = (error: unknown): boolean => codeOf(error)?.startsWith('22') ?? false

/** zod's issues as field errors under `root`; an unknown field is named by its own path. */
export const fieldErrors = (error: z.ZodError, root: string): FieldError[] =>
  error.issues.flatMap(issue => {
    const path = [root, ...issue.path.map(String)].join('.')
    if (issue.code === 'unrecognized_keys') return issue.keys.map(key => ({ path: `${path}.${key}`, message: 'There is no such field.' }))
    return [{ path, message: issue.message }]
  })

/** PostgreSQL's refusals that a caller can cause, by SQLSTATE. The constraint's name tells which rule it was. */
const fromSqlState = (error: unknown): Problem | undefined => {
  const constraint = [...chain(error)].map(link => property(link, 'constraint_name')).find(name => typeof name === 'string')
  const rule = typeof constraint === 'string' ? ` (${constraint})` : ''
  switch (codeOf(error)) {
    case '23505':
      return new Problem(409, `Something with the same identity exists already${rule}.`, { cause: error })
    case '23503':
      return new Problem(422, `The request refers to something that does not exist${rule}.`, { cause: error })
    case '23502':
    case '23514':
    case '22003':
      return new Problem(422, `A value is outside what can be stored${rule}.`, { cause: error })
    case '42501':
      // Row-level security, not a missing grant: the caller may not store such a row, like a viewer of a household.
      return [...chain(error)].some(link => property(link, 'routine') === 'ExecWithCheckOptions')
        ? new Problem(403, 'You may not store this here.', { cause: error })
        : undefined
    case '57014':
      return new Problem(503, 'The database took too long. Try again.', { headers: { 'retry-after': '5' }, cause: error })
    default:
      return undefined
  }
}

/**
 * The one place where errors become HTTP. What it does not know is a fault of ours: it is answered with a fixed 500 that tells
 * nothing, and logged whole by the caller.
 */
export const toProblem = (error: unknown): Problem => {
  if (error instanceof Problem) return error
  if (error instanceof InvalidSpecError || error instanceof InvalidHouseholdError) {
    return new Problem(422, 'The plan cannot be simulated as it stands.', {
      errors: error.issues.map(issue => ({ path: issue.path, message: issue.message })),
    })
  }
  if (isConnectionError(error) || error instanceof DatabaseUnreachableError) {
    return new Problem(503, 'What this needs is not available right now. Try again, with the same Idempotency-Key if you sent one.', {
      headers: { 'retry-after': '2' },
      cause: error,
    })
  }
  return fromSqlState(error) ?? new Problem(500, 'The request could not be completed because of a fault on our side.', { cause: error })
}

/** Parses one part of a request; throws a 400 that names each offending field. */
export const parsePart = <Schema extends z.ZodType>(schema: Schema, value: unknown, root: string): z.output<Schema> => {
  const parsed = schema.safeParse(value)
  if (parsed.success) return parsed.data
  const errors = fieldErrors(parsed.error, root)
  throw new Problem(400, errors.length === 1 ? `${errors[0]!.path}: ${errors[0]!.message}` : `${errors.length} fields are not valid.`, {
    errors,
  })
}
