import { globSync } from 'node:fs'
import { join } from 'node:path'
import { getTableColumns, is } from 'drizzle-orm'
import { getTableConfig, PgTable } from 'drizzle-orm/pg-core'
import { describe, expect, test } from 'vitest'
import * as z from 'zod'
import { routes } from '../../../lambdas/routes.ts'

const schemaFolder = join(import.meta.dirname, '..', '..', '..', 'db', 'schema')
const modules: Record<string, unknown>[] = await Promise.all(
  globSync('**/*.ts', { cwd: schemaFolder }).map(async file => import(join(schemaFolder, file))),
)
const tables = new Map<string, PgTable>()
for (const value of modules.flatMap(module => Object.values(module))) {
  if (!is(value, PgTable)) continue
  const { name, schema } = getTableConfig(value)
  tables.set(`${schema}.${name}`, value)
}

/** Every object within a schema. */
const objectsWithin = function* (schema: unknown, seen = new Set<unknown>()): Generator<z.ZodObject> {
  if (seen.has(schema) || typeof schema !== 'object' || schema === null) return
  seen.add(schema)
  if (schema instanceof z.ZodObject) yield schema
  for (const part of Object.values(schema instanceof z.ZodType ? schema.def : schema)) yield* objectsWithin(part, seen)
}

/** The smallest whole number above all that the column can store; undefined if the column is not of figures. */
const firstTooLarge = (type: string): bigint | undefined => {
  const [, base, precision, scale = '0'] = /^(smallint|integer|bigint|numeric)(?:\((\d+)(?:, (\d+))?\))?/.exec(type) ?? []
  switch (base) {
    case 'smallint':
      return 2n ** 15n
    case 'integer':
      return 2n ** 31n
    case 'bigint':
      return 2n ** 63n
    case 'numeric':
      return 10n ** (BigInt(precision!) - BigInt(scale))
    default:
      return undefined
  }
}

/** Routes with a body that names columns of a file: `amount` is the name of a column there. The figures are in the file, and its reader checks them. */
const namingColumns = new Set(['wealth/commit-import'])

/** Each field of a body that has the name of a column that its route writes, with a figure that is too large for the column. */
const fields = routes
  .filter(({ id }) => !namingColumns.has(id))
  .flatMap(route =>
    (route.writes ?? []).flatMap(write => {
      const table = tables.get(write.table)
      return Object.entries(table ? getTableColumns(table) : {}).flatMap(([property, column]) => {
        const tooLarge = firstTooLarge(column.getSQLType())
        const isWritten = write.inserts || write.updates?.includes(column.name)
        if (tooLarge === undefined || !isWritten) return []
        const objects = [...objectsWithin(route.body), ...objectsWithin(route.bulkBody?.schema)].filter(object => property in object.shape)
        return objects.map(object => ({ place: `${route.id}: ${property}`, schema: object.shape[property] as z.ZodType, tooLarge }))
      })
    }),
  )

describe('a figure that does not fit its column', () => {
  test('can be sent in many fields', () => expect(fields.length).toBeGreaterThan(30))

  test.each(fields)('is refused by the schema of $place', ({ schema, tooLarge }) => {
    const figures = [tooLarge, -tooLarge - 1n]
    const accepted = figures
      .flatMap(figure => [Number(figure), String(figure), [Number(figure)]])
      .filter(value => schema.safeParse(value).success)
    expect(accepted).toEqual([])
  })
})
