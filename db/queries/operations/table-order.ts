import { sql } from 'drizzle-orm'
import type { Transaction } from '../../database.ts'

/**
 * Tables in the order of their foreign keys: each after those that it refers to. Rows are loaded in this order and erased in the reverse one.
 * A table that refers to itself counts as one that does not.
 * @throws if tables refer to each other in a circle
 */
export const inForeignKeyOrder = async (transaction: Transaction, tables: readonly string[]): Promise<string[]> => {
  const references = await transaction.execute<{ table: string; refersTo: string }>(sql`
    select distinct conrelid::regclass::text as table, confrelid::regclass::text as "refersTo"
    from pg_constraint where contype = 'f' and conrelid <> confrelid`)
  const ordered: string[] = []
  const left = new Set(tables)
  while (left.size > 0) {
    const next = [...left].filter(name => references.every(({ refersTo, table }) => table !== name || !left.has(refersTo)))
    if (next.length === 0) throw new Error(`These tables refer to each other in a circle: ${[...left].join(', ')}.`)
    for (const name of next) left.delete(name)
    ordered.push(...next)
  }
  return ordered
}
