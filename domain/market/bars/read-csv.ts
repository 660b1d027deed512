import { BarBatch, type BarColumn, barColumns, requiredBarColumns } from './bar-batch.ts'
import { type Row, rowsOf } from '../../files/index.ts'
import { DomainError } from '../../shared/index.ts'
import type { BarDefaults } from './read-json.ts'

const names: ReadonlyMap<string, BarColumn> = new Map([
  ...barColumns.map(column => [column.toLowerCase(), column] as const),
  ...['date', 'datetime', 'timestamp'].map(name => [name, 'time'] as const),
])

/** A message if two columns of a header have the same meaning; undefined if there are none. */
const describeAmbiguousColumn = (header: readonly string[], meanings: readonly (string | undefined)[]): string | undefined => {
  const second = meanings.findIndex((meaning, index) => meaning !== undefined && meanings.indexOf(meaning) < index)
  if (second === -1) return undefined
  const names = [header[meanings.indexOf(meanings[second])], header[second]].map(name => `"${(name ?? '').trim().slice(0, 40)}"`)
  return `has two columns for ${meanings[second]}: ${names.join(' and ')}`
}

/** Whether the first line has the names of bars as this API writes them, and a column for the symbol, the timeframe or both. */
export const isBarHeader = (text: string): boolean => {
  const header = text
    .slice(0, text.search(/[\r\n]|$/))
    .replace(/^\uFEFF/, '')
    .split(',')
  const columns = new Set(
    header.map(cell => barColumns.find(column => column.toLowerCase() === cell.trim().toLowerCase().replaceAll('_', ''))),
  )
  return !columns.has(undefined) && (columns.has('timeframe') || columns.has('symbol')) && columns.has('time')
}

const rowsIn = (text: string): Row[] => {
  try {
    return rowsOf(text.startsWith('\uFEFF') ? text.slice(1) : text, ',')
  } catch (error) {
    if (!(error instanceof DomainError)) throw error
    throw new DomainError(
      error.issues.map(({ message, path }) => ({ path: path.replace('line ', 'body.lines.'), message })),
      { cause: error },
    )
  }
}

const headerError = (message: string) => new DomainError([{ path: 'body.lines.1', message }])

const readHeader = (header: readonly string[], defaults: BarDefaults): BarColumn[] => {
  const columns = header.map(cell => {
    const column = names.get(cell.trim().toLowerCase().replaceAll('_', ''))
    if (column === undefined) throw headerError(`there is no column "${cell.slice(0, 40)}"; there are ${barColumns.join(', ')}`)
    return column
  })
  const ambiguous = describeAmbiguousColumn(header, columns)
  if (ambiguous !== undefined) throw headerError(ambiguous)
  const given = new Set<BarColumn>([
    ...columns,
    ...(defaults.symbol ? ['symbol' as const] : []),
    ...(defaults.timeframe ? ['timeframe' as const] : []),
  ])
  const missing = requiredBarColumns.filter(column => !given.has(column))
  if (missing.length > 0) throw headerError(`must have ${missing.length === 1 ? 'the column' : 'the columns'} ${missing.join(', ')}`)
  return columns
}

/**
 * Reads bars from CSV (RFC 4180) with a header that names columns as JSON does, in any order and case. `time` may also be called `date`,
 * `datetime` or `timestamp`. The batch reports the faults by line, counted from 1.
 * @throws DomainError if the columns are not those of bars, or quotes are not closed.
 */
export const readBarsFromCsv = (text: string, defaults: BarDefaults = {}): BarBatch => {
  const [header, ...lines] = rowsIn(text)
  if (!header) throw new DomainError([{ path: 'body', message: 'must not be empty' }])
  const columns = readHeader(header.cells, defaults)
  if (lines.length === 0) throw new DomainError([{ path: 'body.lines.2', message: 'there are no bars below the header' }])
  const indexes = columns.map(column => barColumns.indexOf(column))
  const batch = new BarBatch()
  for (const { cells: given, line } of lines) {
    if (given.length !== columns.length) {
      batch.report(line, `has ${given.length} cells where the header has ${columns.length}`)
      continue
    }
    const cells: unknown[] = [defaults.symbol, defaults.timeframe]
    for (let index = 0; index < given.length; index += 1) cells[indexes[index]!] = given[index]
    batch.add(line, cells)
  }
  return batch
}
