import type * as z from 'zod'
import { counted } from './counted.ts'

const typeNames: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
  record: 'an object',
  null: 'null',
}

const formats: Readonly<Record<string, string>> = {
  date: 'must be a date like 2026-01-31',
  datetime: 'must be an instant like 2026-01-31T09:30:00Z',
  time: 'must be a time like 09:30',
  uuid: 'must be a UUID',
  email: 'must be an email address',
  url: 'must be a URL',
  base64: 'must be in base64',
}

const listed = (values: readonly unknown[]): string =>
  values.length === 1 ? `must be ${String(values[0])}` : `must be one of ${values.map(String).join(', ')}`

interface Limit {
  readonly origin: string
  readonly limit: number | bigint
  readonly exact: boolean
  readonly words: string
}

const limited = ({ exact, limit, origin, words }: Limit): string => {
  const noun = origin === 'string' ? 'character' : origin === 'array' ? 'item' : undefined
  if (noun === undefined) return `must be ${words} ${limit}`
  return `must have ${exact ? 'exactly' : words} ${counted(limit, noun)}`
}

/** The message of an issue whose schema has no message of its own: a few words that follow the name of the field. */
export const messageOf: z.core.$ZodErrorMap = issue => {
  switch (issue.code) {
    case 'invalid_type':
      if (issue.input === undefined) return 'is required'
      return `must be ${typeNames[issue.expected] ?? issue.expected}`
    case 'invalid_value':
      return issue.input === undefined ? 'is required' : listed(issue.values)
    case 'invalid_union':
      if (issue.input === undefined) return 'is required'
      return 'options' in issue && Array.isArray(issue.options) ? listed(issue.options) : 'must have one of the documented forms'
    case 'too_small':
      return limited({
        origin: issue.origin,
        limit: issue.minimum,
        exact: issue.exact === true,
        words: issue.inclusive === false ? 'above' : 'at least',
      })
    case 'too_big':
      return limited({
        origin: issue.origin,
        limit: issue.maximum,
        exact: issue.exact === true,
        words: issue.inclusive === false ? 'below' : 'at most',
      })
    case 'not_multiple_of':
      return `must be a multiple of ${issue.divisor}`
    case 'invalid_format':
      return formats[issue.format] ?? 'must have the documented form'
    case 'invalid_key':
      return 'is not a valid name'
    default:
      return 'is not valid'
  }
}
