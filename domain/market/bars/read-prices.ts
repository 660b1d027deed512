import { BarBatch, type BarColumn, barColumns, type SeriesKey } from './bar-batch.ts'
import { DomainError } from '../../shared/index.ts'
import { isDated } from './timeframes.ts'

/** Column names in the price files of common vendors; other columns are ignored. */
const columnNames: Readonly<Record<string, BarColumn | 'adjusted'>> = {
  date: 'time',
  datetime: 'time',
  time: 'time',
  open: 'open',
  high: 'high',
  low: 'low',
  close: 'close',
  last: 'close',
  volume: 'volume',
  vol: 'volume',
  'adj close': 'adjusted',
  'adjusted close': 'adjusted',
}

/** `2026-10-30 14:30:00` and `20261030` as this API writes them; a time without an offset is UTC. */
const isoTime = (text: string, dated: boolean): string => {
  const spelled = text.replace(/^(\d{4})(\d\d)(\d\d)$/, '$1-$2-$3').replace(/^(\d{4}-\d\d-\d\d) (?=\d)/, '$1T')
  if (dated) return spelled.replace(/T00:00(:00)?$/, '')
  return /T[\d:.]+$/.test(spelled) ? `${spelled}Z` : spelled
}

/** Decimals beyond the stored ones are rounding errors of a float. */
const trimmed = (text: string): string => (/^\d+\.\d{9,}$/.test(text) ? Number(text).toFixed(8) : text)

/**
 * Reads a price file of one symbol, as Stooq, Yahoo and most vendors offer it: CSV with the columns Date, Open, High, Low, Close and perhaps
 * Volume; an adjusted close is ignored, since the store adjusts. A line in which all prices are empty or `null` is a day without trading.
 * @throws DomainError if columns are missing.
 */
export const readPricesFromCsv = (text: string, { symbol, timeframe }: SeriesKey): BarBatch => {
  const lines = text.replace(/^\uFEFF/, '').split(/\r?\n/)
  const header = (lines[0] ?? '').split(',').map(cell =>
    cell
      .trim()
      .replaceAll(/^[<"]|[>"]$/g, '')
      .toLowerCase(),
  )
  const columns = header.map(name => columnNames[name])
  const missing = (['time', 'open', 'high', 'low', 'close'] as const).filter(column => !columns.includes(column))
  if (missing.length > 0) throw new DomainError([{ path: 'line 1', message: `must have columns for ${missing.join(', ')}` }])
  const batch = new BarBatch()
  const prices = columns.flatMap((column, index) =>
    column !== undefined && ['open', 'high', 'low', 'close'].includes(column) ? [index] : [],
  )
  for (const [index, line] of lines.entries()) {
    if (index === 0 || line.trim() === '') continue
    const given = line.split(',').map(cell => cell.trim().replaceAll('"', ''))
    if (given.length !== columns.length) {
      batch.report(index + 1, `has ${given.length} cells where the header has ${columns.length}`)
      continue
    }
    if (prices.every(place => given[place] === '' || given[place] === 'null')) continue
    const cells: unknown[] = [symbol, timeframe]
    cells[barColumns.indexOf('volume')] = '0'
    for (const [place, column] of columns.entries()) {
      if (column === undefined || column === 'adjusted') continue
      const cell = given[place] ?? ''
      cells[barColumns.indexOf(column)] =
        column === 'time'
          ? isoTime(cell, isDated(timeframe))
          : column === 'volume' && (cell === '' || cell === 'null')
            ? '0'
            : trimmed(cell)
    }
    batch.add(index + 1, cells)
  }
  if (batch.rowCount === 0 && batch.faultCount === 0)
    throw new DomainError([{ path: 'line 2', message: 'there are no prices below the header' }])
  return batch
}
