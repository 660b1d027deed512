import type { PgColumn } from 'drizzle-orm/pg-core'
import type * as z from 'zod'
import type { Transaction } from '../../../db/database.ts'
import type { Rows } from '../../../db/queries/rows.ts'
import { editorsOnly, type Problem } from '../problem.ts'
import type { Filter } from './filters.ts'

/**
 * Whether a column travels as it is. A scalar has to be of the answer's type. Of JSON columns only their being JSON is compared: the
 * validation of responses looks inside.
 */
type Fits<Cell, Field> = unknown extends Cell
  ? true
  : [Exclude<Cell, object>] extends [Field]
    ? [Extract<Cell, object>] extends [never]
      ? true
      : [Extract<Field, object>] extends [never]
        ? false
        : true
    : false

/** The fields of an answer that no column of the row gives as they are. */
type Differing<Row, Answer> = {
  [Name in keyof Answer]: Name extends keyof Row ? (Fits<Row[Name], Answer[Name]> extends true ? never : Name) : Name
}[keyof Answer]

/** How fields of an answer are made from a row: each that differs from its column, and any other that is not taken as it is. */
type Mapping<Row, Answer> = { readonly [Name in Differing<Row, Answer>]: (row: Row) => Answer[Name] } & {
  readonly [Name in Exclude<keyof Answer, Differing<Row, Answer>>]?: (row: Row) => Answer[Name]
}

/** What a nested resource asks of the resource that it lies within. */
export interface Parent<Parameter extends z.ZodRawShape = z.ZodRawShape> {
  readonly one: string
  readonly parameter: Parameter | undefined
  readonly rows: { find(transaction: Transaction, key: string): Promise<unknown> }
}

interface Definition<
  Row,
  Insert,
  Answer extends z.ZodObject,
  Item extends z.ZodObject,
  Parameter extends z.ZodRawShape,
  Within extends z.ZodRawShape,
  Filters,
> {
  /** Its name in messages and summaries: `assumption set`. */
  readonly one: string
  readonly many: string
  /** Where it is listed and created: `/v1/planning/plans`. A nested one has its parent's parameter in it. */
  readonly path: string
  /** The path parameter that names one, with its schema. Left out for a resource of which each caller has exactly one. */
  readonly parameter?: Parameter
  /** The resource that it lies within, and the column that refers to it. */
  readonly within?: { readonly parent: Parent<Within>; readonly column: PgColumn }
  readonly rows: Rows<Row, Insert>
  readonly answer: Answer
  /** What a list shows of each, where that is less than the answer. */
  readonly item?: Item
  /** Query parameters of the list. */
  readonly filters?: Filters
  /** Columns by which callers may sort the list, both ways. */
  readonly sorts?: readonly (keyof Row & string)[]
  /** The problem of a row that the caller may read, and not change; `editors-only` when left out. */
  readonly readOnly?: (row: Row) => Problem
  /** The order of the list when the caller asks for none; `-id`, newest first, when left out. */
  readonly order?: (keyof Row & string) | `-${keyof Row & string}`
}

export interface Resource<
  Row = unknown,
  Insert = unknown,
  Answer extends z.ZodObject = z.ZodObject,
  Item extends z.ZodObject = Answer,
  Parameter extends z.ZodRawShape = z.ZodRawShape,
  Within extends z.ZodRawShape = z.ZodRawShape,
  Filters = unknown,
> extends Omit<
    Definition<Row, Insert, Answer, Item, Parameter, Within, Filters>,
    'item' | 'filters' | 'sorts' | 'order' | 'parameter' | 'readOnly'
  > {
  readonly parameter: Parameter | undefined
  readonly item: Item
  readonly filters: Filters
  readonly sorts: readonly string[]
  readonly order: string
  readonly readOnly: (row: Row) => Problem
  readonly present: (row: Row) => z.output<Answer>
  readonly presentItem: (row: Row) => z.output<Item>
}

// Without an index signature, unlike Record<string, never>: path parameters stay known by name.
// oxlint-disable-next-line typescript/no-generated-empty-object-type
type None = Record<never, never>

type Present<Row, Answer> =
  None extends Mapping<Row, Answer> ? { readonly present?: Mapping<Row, Answer> } : { readonly present: Mapping<Row, Answer> }

/** Makes answers from rows: each field of the schema from the column of its name, unless the mapping makes it. */
const presenter =
  (schema: z.ZodObject, mapping: Readonly<Record<string, (row: never) => unknown>>) =>
  (row: unknown): unknown =>
    Object.fromEntries(
      Object.keys(schema.shape).map(name => [name, mapping[name] ? mapping[name](row as never) : Reflect.get(row as object, name)]),
    )

/**
 * A plain resource: what its declarations (declarations.ts) and its handlers (handlers.ts) are derived from. `present` says how fields
 * of the answer are made from a row; the compiler asks for those of which the column has another name or type.
 */
export const resource = <
  Row,
  Insert,
  Answer extends z.ZodObject,
  Item extends z.ZodObject = Answer,
  Parameter extends z.ZodRawShape = None,
  Within extends z.ZodRawShape = None,
  const Filters extends Readonly<Record<string, Filter>> = None,
>(
  definition: Definition<Row, Insert, Answer, Item, Parameter, Within, Filters> & Present<Row, z.output<Answer>>,
): Resource<Row, Insert, Answer, Item, Parameter, Within, Filters> => {
  const {
    answer,
    filters = {} as Filters,
    item = answer as unknown as Item,
    order = '-id',
    parameter,
    present = {},
    readOnly = () => editorsOnly(),
    sorts = [],
  } = definition
  return {
    ...definition,
    parameter,
    item,
    filters,
    sorts,
    order,
    readOnly,
    present: presenter(answer, present) as (row: Row) => z.output<Answer>,
    presentItem: presenter(item, present) as (row: Row) => z.output<Item>,
  }
}
