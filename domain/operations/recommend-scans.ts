import type { DatabaseState, StatementFigures, TableFigures } from './database-state.ts'
import { indexNameFor } from './recommend-indexes.ts'
import type { Recommendation } from './recommendation.ts'
import { frequentScans, largeTableRows } from './thresholds.ts'
import { countText } from './words.ts'

const plain = (name: string): string => name.replaceAll('"', '')

/** Whether a table is read whole so often that an index could help. */
const isScanned = ({ kind, rows, rowsReadSequentially, sequentialScans }: TableFigures): boolean =>
  kind !== 'partition' &&
  rows >= largeTableRows &&
  sequentialScans >= frequentScans &&
  // A statement that stops after its first rows is no scan of the whole table.
  rowsReadSequentially / sequentialScans >= rows / 2

/** The columns of a table that a statement compares with a parameter, if it names the table and no other. */
const filteredColumns = (table: string, { statement }: StatementFigures): string[] => {
  const text = plain(statement).toLowerCase()
  const [schema = '', name = ''] = plain(table).split('.')
  const tables = [...text.matchAll(/\b(?:from|join|update|into)\s+([a-z_]\w*\.[a-z_]\w*)/g)].map(match => match[1])
  if (tables.length === 0 || tables.some(other => other !== `${schema}.${name}`)) return []
  const conditions = text.slice(text.lastIndexOf(' where ') + 1)
  if (!conditions.startsWith('where ')) return []
  return [...conditions.matchAll(/(?:[a-z_]\w*\.)*([a-z_]\w*)\s*=\s*(?:any\s*\(\s*)?\$\d/g)].map(match => match[1]!)
}

/**
 * Indexes for large tables that are often read whole, if a counted statement says by which column. A figure of scans alone suggests nothing:
 * reports and the making of other indexes read tables whole too.
 */
export const missingUnderFilters = ({ indexes, statements, statisticsSince, tables }: DatabaseState): Recommendation[] =>
  tables.filter(isScanned).flatMap(({ kind, rows, sequentialScans, table }) => {
    const leading = new Set(
      indexes.filter(index => index.table === table && index.isValid).map(index => plain(index.keys[0] ?? '').split(' ')[0]),
    )
    const wanted = new Map<string, StatementFigures>()
    for (const statement of statements) {
      const columns = filteredColumns(table, statement)
      // An index on another of its columns finds few rows already.
      if (columns.some(column => leading.has(column))) continue
      const [column] = columns
      if (column !== undefined && !wanted.has(column)) wanted.set(column, statement)
    }
    return [...wanted].map(
      ([column, { calls, meanMilliseconds, statement }]): Recommendation => ({
        rule: 'missing-index-for-filter',
        severity: 'warning',
        subject: table,
        finding: `${table} with ${countText(rows)} rows was read whole ${countText(sequentialScans)} times since ${statisticsSince}. ${countText(calls)} calls of ${meanMilliseconds.toFixed(1)} ms look for one value of ${column}: ${statement}`,
        action: 'Try the index: EXPLAIN shows whether the statement uses it.',
        statement: `create index ${kind === 'partitioned' ? '' : 'concurrently '}${indexNameFor(table, [column])} on ${table} (${column})`,
      }),
    )
  })
