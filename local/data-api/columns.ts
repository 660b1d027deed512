import type { ColumnMetadata } from '@aws-sdk/client-rds-data'
import * as z from 'zod'
import { DataApiFailure } from './failures.ts'
import type { RawColumn, Session } from './sessions.ts'

/** The member of a Field that holds a value. `timestamptz` and `decimal` are strings with rules of their own. */
export type ValueKind = 'boolean' | 'long' | 'bigint' | 'double' | 'decimal' | 'blob' | 'string' | 'timestamptz'

export interface ColumnType {
  readonly name: string
  readonly kind: ValueKind
  readonly isArray: boolean
}

const kinds: Readonly<Record<string, ValueKind>> = {
  bool: 'boolean',
  int2: 'long',
  int4: 'long',
  int8: 'bigint',
  float4: 'double',
  float8: 'double',
  numeric: 'decimal',
  bytea: 'blob',
  timestamptz: 'timestamptz',
  ...Object.fromEntries(
    'text varchar bpchar uuid json jsonb date time timetz timestamp interval xml inet cidr macaddr bit varbit'
      .split(' ')
      .map(name => [name, 'string'] as const),
  ),
}

const query = async <Row extends z.ZodType>(session: Session, row: Row, text: string, oids: readonly number[]): Promise<z.infer<Row>[]> => {
  const list = { text: `{${[...new Set(oids)].join(',')}}`, typeOid: 1028 }
  const { rows } = await session.run({ text: `select row_to_json(answer) from (${text}) answer`, values: [list] }).result
  return rows.map(([json]) => row.parse(JSON.parse(String(json))))
}

const typeRow = z.object({ oid: z.number(), name: z.string(), base: z.string(), is_enum: z.boolean(), is_array: z.boolean() })

/**
 * The types of a result's columns, from PostgreSQL's catalogue. Throws for a type that the Data API does not support. Enumerations are
 * strings; catalogue types (`name`, `"char"`, `regclass`, `oid`…), geometric types, ranges, records and those of extensions
 * need a cast to text.
 */
export const columnTypes = async (session: Session, columns: readonly RawColumn[]): Promise<ColumnType[]> => {
  const rows = await query(
    session,
    typeRow,
    `select type.oid::int8, type.typname as name, coalesce(element.typname, type.typname) as base,
       coalesce(element.typtype, type.typtype) = 'e' as is_enum, element.oid is not null as is_array
     from pg_catalog.pg_type type left join pg_catalog.pg_type element on element.oid = type.typelem and type.typcategory = 'A'
     where type.oid = any($1)`,
    columns.map(({ type }) => type),
  )
  return columns.map(({ type }) => {
    const row = rows.find(({ oid }) => oid === type)
    const kind = row?.is_enum ? 'string' : kinds[row?.base ?? '']
    if (!row || !kind || (row.is_array && kind === 'blob')) {
      throw new DataApiFailure('UnsupportedResultException', `The result contains the unsupported data type ${row?.name.toUpperCase()}.`)
    }
    return { name: row.name, kind, isArray: row.is_array }
  })
}

/** Type numbers of `java.sql.Types`, which the service uses in its metadata. */
const jdbcType: Readonly<Record<string, number>> = {
  bool: -7,
  int2: 5,
  int4: 4,
  int8: -5,
  float4: 7,
  float8: 8,
  numeric: 2,
  bytea: -2,
  text: 12,
  varchar: 12,
  bpchar: 1,
  date: 91,
  time: 92,
  timetz: 92,
  timestamp: 93,
  timestamptz: 93,
  bit: -7,
}

const attributeRow = z.object({
  table: z.number(),
  number: z.number(),
  name: z.string(),
  table_name: z.string(),
  schema_name: z.string(),
  not_null: z.boolean(),
})

/** `columnMetadata` of a result: the label, type and, for a column that comes straight from a table, that table and its nullability. */
export const columnMetadata = async (
  session: Session,
  columns: readonly RawColumn[],
  types: readonly ColumnType[],
): Promise<ColumnMetadata[]> => {
  const attributes = await query(
    session,
    attributeRow,
    `select attrelid::int8 as table, attnum as number, attname as name, relname as table_name, nspname as schema_name, attnotnull as not_null
     from pg_catalog.pg_attribute join pg_catalog.pg_class class on class.oid = attrelid
       join pg_catalog.pg_namespace namespace on namespace.oid = relnamespace
     where attrelid = any($1)`,
    columns.map(({ table }) => table),
  )
  return columns.map((column, index) => {
    const type = types[index]!
    const attribute = attributes.find(({ table, number }) => table === column.table && number === column.number)
    return {
      name: attribute?.name ?? column.name,
      label: column.name,
      type: type.isArray ? 2003 : (jdbcType[type.name] ?? 1111),
      typeName: type.name,
      schemaName: attribute?.schema_name ?? '',
      tableName: attribute?.table_name ?? '',
      nullable: attribute ? Number(!attribute.not_null) : 2,
      isSigned: ['long', 'bigint', 'double', 'decimal'].includes(type.kind),
      isCaseSensitive: type.kind === 'string',
      isCurrency: false,
      isAutoIncrement: false,
      arrayBaseColumnType: 0,
    }
  })
}
