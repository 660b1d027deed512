import type * as z from 'zod'
import { fieldProblem } from '../runtime/problem.ts'

/** A cursor of a list that is ordered by several columns: their values in the last row of a page. */
export const writeTuple = (values: readonly string[]): string => Buffer.from(JSON.stringify(values)).toString('base64url')

const parse = (cursor: string): unknown => {
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'))
  } catch {
    return undefined
  }
}

/** The values of a cursor. Throws a 400 unless it has those of the schema. */
export const readTuple = <Values extends z.ZodType>(cursor: string | undefined, values: Values): z.output<Values> | undefined => {
  if (cursor === undefined) return undefined
  const parsed = values.safeParse(parse(cursor))
  if (!parsed.success) throw fieldProblem('invalid-request', [{ path: 'query.cursor', message: 'must be a cursor of this list' }])
  return parsed.data
}
