import type { PgColumn } from 'drizzle-orm/pg-core'
import type * as z from 'zod'
import type { Transaction } from '../../../db/database.ts'
import type { Rows } from '../../../db/queries/rows.ts'
import { editorsOnly, type Problem } from '../problem.ts'
import type { Filter } from './filters.ts'

/**
 * Whether the answer can show a column unchanged. A scalar must have the answer's type. Of a JSON column, the type checks only that it is
 * JSON: the validation of responses checks its content.
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

/** The fields of an answer that are not unchanged columns of the row. */
type Differing<Row, Answer> = {
  [Name in keyof Answer]: Name extends keyof Row ? (Fits<Row[Name], Answer[Name]> extends true ? never : Name) : Name
}[keyof Answer]

/** Makes fields of an answer from a row: required for each field that differs from its column, optional for the others. */
type Mapping<Row, Answer> = { readonly [Name in Differing<Row, Answer>]: (row: Row) => Answer[Name] } & {
  readonly [Name in Exclude<keyof Answer, Differing<Row, Answer>>]?: (row: Row) => Answer[Name]
}

/** The properties of a parent resource that its nested resources need. */
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
  Sortable extends string,
  Path extends string,
> {
  /** Its name in messages and summaries: `assumption set`. */
  readonly one: string
  readonly many: string
  /** The path of its list: `/v1/planning/plans`. The path of a nested resource contains its parent's parameter. */
  readonly path: Path
  /** The path parameter that names one resource, with its schema. Left out when each caller has exactly one. */
  readonly parameter?: Parameter
  /** The parent of a nested resource, and the column that refers to it. */
  readonly within?: { readonly parent: Parent<Within>; readonly column: PgColumn }
  readonly rows: Rows<Row, Insert, Sortable>
  readonly answer: Answer
  /** The form of an item in the list, when it has fewer fields than the answer. */
  readonly item?: Item
  /** Query parameters of the list. */
  readonly filters?: Filters
  /** Columns by which callers may sort the list, both ways. */
  readonly sorts?: readonly NoInfer<Sortable>[]
  /** The problem of a row that the caller may read but not change; `editors-only` when left out. */
  readonly readOnly?: (row: Row) => Problem
  /** The default order of the list; `-id`, newest first, when left out. */
  readonly order?: NoInfer<Sortable | `-${Sortable}`>
}

export interface Resource<
  Row = unknown,
  Insert = unknown,
  Answer extends z.ZodObject = z.ZodObject,
  Item extends z.ZodObject = Answer,
  Parameter extends z.ZodRawShape = z.ZodRawShape,
  Within extends z.ZodRawShape = z.ZodRawShape,
  Filters = unknown,
  Path extends string = string,
> extends Omit<
    Definition<Row, Insert, Answer, Item, Parameter, Within, Filters, string, Path>,
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

// Without an index signature, unlike Record<string, never>: the type keeps the names of path parameters.
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
 * A plain resource. Its declarations (declarations.ts) and its handlers (handlers.ts) are derived from it. `present` makes fields of the
 * answer from a row; the compiler requires those whose column has another name or type.
 */
export const resource = <
  Row,
  Insert,
  Answer extends z.ZodObject,
  Item extends z.ZodObject = Answer,
  Parameter extends z.ZodRawShape = None,
  Within extends z.ZodRawShape = None,
  const Filters extends Readonly<Record<string, Filter>> = None,
  Sortable extends string = string,
  const Path extends string = string,
>(
  definition: Definition<Row, Insert, Answer, Item, Parameter, Within, Filters, Sortable, Path> & Present<Row, z.output<Answer>>,
): Resource<Row, Insert, Answer, Item, Parameter, Within, Filters, Path> => {
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
