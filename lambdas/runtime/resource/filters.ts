import { eq, type GetColumnData, gte, lte, type SQL } from 'drizzle-orm'
import type { PgColumn } from 'drizzle-orm/pg-core'
import * as z from 'zod'

/** A query parameter of a list and the condition that it makes. */
export interface Filter<Schema extends z.ZodType = z.ZodType> {
  readonly schema: Schema
  where(value: z.output<Schema>): SQL | undefined
}

/** A parameter with a condition of its own. */
export const filter = <Schema extends z.ZodType>(schema: Schema, where: (value: z.output<Schema>) => SQL | undefined): Filter<Schema> => ({
  schema,
  where,
})

/** What a column holds is what the parameter has to be parsed to. */
type SchemaOf<Column extends PgColumn> = z.ZodType<GetColumnData<Column, 'raw'>>

export const equals = <Column extends PgColumn, Schema extends SchemaOf<Column>>(column: Column, schema: Schema): Filter<Schema> => ({
  schema,
  where: value => eq(column, value),
})

/** Two parameters, `<name>From` and `<name>To`: both ends belong to the range. */
export const range = <const Name extends string, Column extends PgColumn, Schema extends SchemaOf<Column>>(
  name: Name,
  column: Column,
  schema: Schema,
) => {
  const from: Filter<Schema> = { schema: schema.describe('The least, itself included.'), where: value => gte(column, value) }
  const to: Filter<Schema> = { schema: schema.describe('The greatest, itself included.'), where: value => lte(column, value) }
  return { [`${name}From`]: from, [`${name}To`]: to } as { readonly [End in `${Name}From` | `${Name}To`]: Filter<Schema> }
}

/** A parameter that is `true` or `false`. */
export const flag = z.enum(['true', 'false']).transform(text => text === 'true')
