import { DataApiFailure } from './failures.ts'
import type { Parameter } from './requests.ts'

/**
 * A statement in PostgreSQL's own notation: `$1` for the first of `values`, each with the type it is bound as (0: the server infers it).
 */
export interface BoundStatement {
  readonly text: string
  readonly values: readonly { readonly text: string | null; readonly typeOid: number }[]
}

const oids = {
  bool: 16,
  bytea: 17,
  int8: 20,
  text: 25,
  json: 114,
  float8: 701,
  date: 1082,
  time: 1083,
  timestamp: 1114,
  numeric: 1700,
  uuid: 2950,
}

/** The form that AWS documents for each hint: a timestamp has at most milliseconds and no offset. */
const hints = {
  DATE: { typeOid: oids.date, form: /^\d{4}-\d{2}-\d{2}$/ },
  TIME: { typeOid: oids.time, form: /^\d{2}:\d{2}:\d{2}(\.\d{1,3})?$/ },
  TIMESTAMP: { typeOid: oids.timestamp, form: /^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}(\.\d{1,3})?$/ },
  DECIMAL: { typeOid: oids.numeric, form: /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/ },
  JSON: { typeOid: oids.json, form: /^/ },
  UUID: { typeOid: oids.uuid, form: /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i },
} as const

const bind = ({ name, value = { isNull: true }, typeHint }: Parameter): BoundStatement['values'][number] => {
  if (value.arrayValue !== undefined) throw new DataApiFailure('ValidationException', 'Array parameters are not supported.')
  if (value.stringValue !== undefined) {
    if (typeHint === undefined) return { text: value.stringValue, typeOid: oids.text }
    const hint = hints[typeHint]
    if (!hint.form.test(value.stringValue)) {
      throw new DataApiFailure('ValidationException', `Parameter ${name} does not have the form of the type hint ${typeHint}.`)
    }
    return { text: value.stringValue, typeOid: hint.typeOid }
  }
  if (value.longValue !== undefined) return { text: String(value.longValue), typeOid: oids.int8 }
  if (value.doubleValue !== undefined) return { text: String(value.doubleValue), typeOid: oids.float8 }
  if (value.booleanValue !== undefined) return { text: String(value.booleanValue), typeOid: oids.bool }
  if (value.blobValue !== undefined) return { text: `\\x${Buffer.from(value.blobValue, 'base64').toString('hex')}`, typeOid: oids.bytea }
  return { text: null, typeOid: typeHint === undefined ? 0 : hints[typeHint].typeOid }
}

/**
 * The parts of a statement without parameters: literals, quoted identifiers, dollar-quoted bodies, comments (`/*` nests, so its end is
 * counted) and casts.
 */
const lexeme =
  /\b[eE]'(?:[^'\\]|\\[^]|'')*'|'(?:[^']|'')*'|"(?:[^"]|"")*"|(?<![\w$])\$([A-Za-z_]\w*)?\$[^]*?\$\1\$|--[^\n]*|\/\*|::|:(?<name>[A-Za-z0-9_]+)/g

const endOfComment = (sql: string, start: number): number => {
  const marks = /\/\*|\*\//g
  marks.lastIndex = start
  let depth = 0
  for (let mark = marks.exec(sql); mark; mark = marks.exec(sql)) {
    depth += mark[0] === '/*' ? 1 : -1
    if (depth === 0) return marks.lastIndex
  }
  return sql.length
}

/**
 * Turns the Data API's named parameters (`:name`, letters, digits and underscores) into PostgreSQL's numbered ones. Strings
 * without a type hint are bound as `text`, whole numbers as `bigint`; a parameter that the statement does not name is left out.
 */
export const bindParameters = (sql: string, parameters: readonly Parameter[]): BoundStatement => {
  const byName = new Map(parameters.map(parameter => [parameter.name, parameter]))
  const values: BoundStatement['values'][number][] = []
  let text = ''
  let copied = 0
  const scanner = new RegExp(lexeme)
  for (let match = scanner.exec(sql); match; match = scanner.exec(sql)) {
    if (match[0] === '/*') scanner.lastIndex = endOfComment(sql, match.index)
    const name = match.groups?.['name']
    if (name === undefined) continue
    const parameter = byName.get(name)
    if (!parameter) throw new DataApiFailure('BadRequestException', `Cannot find parameter: ${name}`)
    values.push(bind(parameter))
    text += `${sql.slice(copied, match.index)}$${values.length}`
    copied = scanner.lastIndex
  }
  return { text: text + sql.slice(copied), values }
}
