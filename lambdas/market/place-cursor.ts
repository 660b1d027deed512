import { fieldProblem } from '../runtime/problem.ts'
import { calendarDate } from '../runtime/schemas.ts'
import { symbol as symbolForm } from './schemas/shared.ts'

/** Where the next page begins: at one of the requested symbols, and at a position in its series. */
export interface Place {
  readonly symbol: string
  readonly position: string
}

export const writePlace = ({ position, symbol }: Place): string => Buffer.from(`${symbol} ${position}`).toString('base64url')

const notACursor = () => fieldProblem('invalid-request', [{ path: 'query.cursor', message: 'must be a cursor of this request' }])

/** The place that a cursor names. Throws a 400 unless it is a cursor of this API for one of these symbols. */
export const readPlace = (cursor: string | undefined, symbols: readonly string[]): Place | undefined => {
  if (cursor === undefined) return undefined
  const [symbol = '', position = ''] = Buffer.from(cursor, 'base64url').toString('utf8').split(' ')
  if (symbols.includes(symbol) && /^\d{4}-\d\d-\d\d(T[\d:.]+Z)?$/.test(position) && !Number.isNaN(Date.parse(position)))
    return { symbol, position }
  throw notACursor()
}

export const writeSymbol = (symbol: string): string => Buffer.from(symbol).toString('base64url')

/** The symbol after which the next page begins; throws a 400 unless the cursor names one. */
export const readSymbol = (cursor: string | undefined): string | undefined => {
  if (cursor === undefined) return undefined
  const parsed = symbolForm.safeParse(Buffer.from(cursor, 'base64url').toString('utf8'))
  if (!parsed.success) throw notACursor()
  return parsed.data
}

/** The first day of the next page; throws a 400 unless the cursor names one. */
export const readDay = (cursor: string | undefined): string | undefined => {
  if (cursor === undefined) return undefined
  const parsed = calendarDate.safeParse(Buffer.from(cursor, 'base64url').toString('utf8'))
  if (!parsed.success) throw notACursor()
  return parsed.data
}

/** The page of a list by days, from its rows and the one after them. */
export const pageByDay = <Row extends { readonly date: string }, Item>(
  rows: readonly Row[],
  limit: number,
  present: (row: Row) => Item,
) => {
  const next = rows[limit]
  return { items: rows.slice(0, limit).map(present), nextCursor: next ? Buffer.from(next.date).toString('base64url') : null }
}
