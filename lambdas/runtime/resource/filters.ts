import { eq, type GetColumnData, gte, lte, type SQL } from 'drizzle-orm'
import type { PgColumn } from 'drizzle-orm/pg-core'
import * as z from 'zod'
import { contains } from '../../../db/queries/contains.ts'

/** A query parameter of a list and its SQL condition. */
export interface Filter<Schema extends z.ZodType = z.ZodType> {
  readonly schema: Schema
  where(value: z.output<Schema>): SQL | undefined
}

/** A parameter with a condition of its own. */
export const filter = <Schema extends z.ZodType>(schema: Schema, where: (value: z.output<Schema>) => SQL | undefined): Filter<Schema> => ({
  schema,
  where,
})

/** The parsed parameter must have the type of the column. */
type SchemaOf<Column extends PgColumn> = z.ZodType<GetColumnData<Column, 'raw'>>

export const equals = <Column extends PgColumn, Schema extends SchemaOf<Column>>(column: Column, schema: Schema): Filter<Schema> => ({
  schema,
  where: value => eq(column, value),
})

/** Two parameters, `<name>From` and `<name>To`, both inclusive. */
export const range = <const Name extends string, Column extends PgColumn, Schema extends SchemaOf<Column>>(
  name: Name,
  column: Column,
  schema: Schema,
) => {
  const from: Filter<Schema> = { schema: schema.describe('The smallest value, inclusive.'), where: value => gte(column, value) }
  const to: Filter<Schema> = { schema: schema.describe('The largest value, inclusive.'), where: value => lte(column, value) }
  return { [`${name}From`]: from, [`${name}To`]: to } as { readonly [End in `${Name}From` | `${Name}To`]: Filter<Schema> }
}

/** The parameter `search`: text in one of the columns, in any case. */
export const search = (...columns: readonly [PgColumn, ...PgColumn[]]) => {
  const names = columns.map(({ name }) => name.replaceAll('_', ' '))
  const parameter = `SearchIn${names.map(name => name.replaceAll(/(?:^| )(\w)/g, (_, letter: string) => letter.toUpperCase())).join('')}`
  const schema = z
    .string()
    .min(1)
    .max(100)
    .meta({ description: `Only items with this text in ${names.join(' or ')}, in any case.`, parameter })
  return { search: filter(schema, text => contains(columns, text)) }
}

/** A parameter that is `true` or `false`. */
export const flag = z.enum(['true', 'false']).transform(text => text === 'true')
