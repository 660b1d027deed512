import { getTableColumns } from 'drizzle-orm'
import type { PgTable } from 'drizzle-orm/pg-core'
import * as z from 'zod'
import { fieldProblem } from '../problem.ts'
import { calendarDate, moment, wholeNumberText } from '../schemas.ts'

/** Where a list begins: at a value of its sorted field. */
export const fromQuery = z.string().max(255).optional().meta({
  description:
    'Begins the list at the first item with this value of the sorted field or a later one; descending, with this value or an earlier one. A number for a number, a date or an instant for a time: descending, a date begins with its last instant (UTC). Needs `sort` unless the list is sorted by a field anyway. `total` still counts all items.',
  parameter: 'FromValue',
})

const text = z.string()
const wholeNumber = wholeNumberText(z.int()).transform(String)
const decimal = z.string().regex(/^-?\d{1,15}(\.\d{1,10})?$/, 'must be a decimal number')
const isDate = z.iso.date()

const dayOrMoment = (descending: boolean) =>
  z
    .string()
    .transform(value => (descending && isDate.safeParse(value).success ? `${value}T23:59:59.999999Z` : value))
    .pipe(moment)

const schemaOf = (type: string, descending: boolean): z.ZodType<string> | undefined => {
  if (type === 'text') return text
  if (type === 'date') return calendarDate
  if (type.startsWith('timestamp')) return dayOrMoment(descending)
  if (/^(smallint|integer|bigint)$/.test(type)) return wholeNumber
  return type.startsWith('numeric') ? decimal : undefined
}

export const notAStart = (message: string) => fieldProblem('invalid-request', [{ path: 'query.from', message }])

/** The value of the sorted column that a list begins with. Throws a 400 that names `query.from` when it has not the type of the column. */
export const readStart = (from: string | undefined, sort: string, table: PgTable): string | undefined => {
  if (from === undefined) return undefined
  const descending = sort.startsWith('-')
  const name = descending ? sort.slice(1) : sort
  const schema = schemaOf(getTableColumns(table)[name]!.getSQLType(), descending)
  if (!schema) throw notAStart('needs a `sort`')
  const { data, error } = schema.safeParse(from)
  if (error) throw notAStart(`${error.issues[0]!.message}, as ${name} is`)
  return data
}
