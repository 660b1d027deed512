import type { ResultSetOptions } from '@aws-sdk/client-rds-data'
import type { ColumnType, ValueKind } from './columns.ts'
import { DataApiFailure } from './failures.ts'

type Scalar = boolean | number | string
type ScalarMember = 'booleanValue' | 'longValue' | 'doubleValue' | 'stringValue' | 'blobValue'

/** One value of a result: the member of a Field, and its content. */
export interface FieldValue {
  readonly member: ScalarMember | 'isNull' | 'arrayValue'
  readonly value: Scalar | readonly Scalar[] | null
}

interface ScalarValue extends FieldValue {
  readonly member: ScalarMember
  readonly value: Scalar
}

/** JSON has no NaN and no infinities; restJson1 writes them as strings. */
const double = (text: string): ScalarValue => ({ member: 'doubleValue', value: Number.isFinite(Number(text)) ? Number(text) : text })
const long = (text: string): ScalarValue => ({ member: 'longValue', value: Number(text) })
const string = (text: string): ScalarValue => ({ member: 'stringValue', value: text })

/** Converts PostgreSQL's text form, by kind. Whole numbers above 2^53 lose precision, as in the SDK, unless requested as strings. */
const decoders: Readonly<Record<ValueKind, (text: string, options: ResultSetOptions) => ScalarValue>> = {
  boolean: text => ({ member: 'booleanValue', value: text === 't' }),
  long,
  bigint: (text, { longReturnType }) => (longReturnType === 'STRING' ? string(text) : long(text)),
  double,
  decimal: (text, { decimalReturnType }) => {
    if (decimalReturnType !== 'DOUBLE_OR_LONG') return string(text)
    return /^-?\d+$/.test(text) ? long(text) : double(text)
  },
  blob: text => ({ member: 'blobValue', value: Buffer.from(text.slice(2), 'hex').toString('base64') }),
  string,
  // Sessions are in UTC, and the offset is removed: the result looks like a timestamp without time zone.
  timestamptz: text => string(text.replace(/\+00$/, '')),
}

/** The elements of PostgreSQL's text form of a one-dimensional array: `{a,"b \"c\"",NULL}`. */
const arrayElements = (text: string): string[] => {
  const refused = (what: string) => new DataApiFailure('UnsupportedResultException', `The result contains an array with ${what}.`)
  const body = text.slice(text.indexOf('{') + 1, -1)
  if (body.startsWith('{')) throw refused('more than one dimension')
  return [...body.matchAll(/"((?:[^"\\]|\\[^])*)"|([^,]+)/g)].map(([, quoted, bare = '']) => {
    if (bare === 'NULL') throw refused('null elements')
    return quoted === undefined ? bare : quoted.replace(/\\([^])/g, '$1')
  })
}

/** Reads one value, in PostgreSQL's text form, of a column of a given type. */
export const readValue = (value: Buffer | null, { kind, isArray }: ColumnType, options: ResultSetOptions): FieldValue => {
  if (value === null) return { member: 'isNull', value: null }
  const decode = decoders[kind]
  if (!isArray) return decode(value.toString(), options)
  return { member: 'arrayValue', value: arrayElements(value.toString()).map(element => decode(element, {}).value) }
}

const arrayMember = (kind: ValueKind): string =>
  kind === 'boolean'
    ? 'booleanValues'
    : kind === 'double'
      ? 'doubleValues'
      : kind === 'long' || kind === 'bigint'
        ? 'longValues'
        : 'stringValues'

/** A Field as it is written in the JSON of a response. */
export const toField = ({ member, value }: FieldValue, { kind }: ColumnType): object => {
  if (member === 'isNull') return { isNull: true }
  return { [member]: member === 'arrayValue' ? { [arrayMember(kind)]: value } : value }
}
