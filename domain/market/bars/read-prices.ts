import { Decimal } from 'decimal.js'
import { BarBatch, type BarColumn, barColumns } from './bar-batch.ts'
import { decimalsOf, plainDecimal, storedDecimals } from './cells.ts'
import { DomainError } from '../../shared/index.ts'
import { describeAmbiguousColumn, type Line, linesOf } from './csv-lines.ts'
import type { BarDefaults } from './read-json.ts'
import { isDated, isTimeframe } from './timeframes.ts'

export interface PriceFileOptions extends BarDefaults {
  /** Round figures to the stored decimals, half to even, and count them. Without it, a figure with more decimals is rejected. */
  readonly round?: boolean | undefined
}

/** Column names in the price files of common vendors, besides those of bars. Other columns are ignored. */
const vendorNames: readonly (readonly [string, BarColumn])[] = [
  ['date', 'time'],
  ['datetime', 'time'],
  ['timestamp', 'time'],
  ['ticker', 'symbol'],
  ['per', 'timeframe'],
  ['last', 'close'],
  ['vol', 'volume'],
]
const columnNames: ReadonlyMap<string, BarColumn> = new Map([
  ...barColumns.map(column => [column.toLowerCase(), column] as const),
  ...vendorNames,
])

/** The name of a column in lower case, without a vendor's `<` and `>` and without underscores. */
const plainName = (cell: string): string => cell.trim().replaceAll(/^<|>$/g, '').toLowerCase().replaceAll('_', '')

/** Whether a text is a price file: its header has a column for dates. */
export const isPriceFile = (text: string): boolean => {
  const header = text.slice(0, text.search(/[\r\n]|$/)).replace(/^\uFEFF/, '')
  return header.split(/[,;\t]/).some(cell => ['date', 'datetime', 'timestamp'].includes(plainName(cell.replaceAll('"', ''))))
}

/**
 * `2026-10-30 14:30:00` and `20261030` as this API writes them. A time without an offset is UTC. The time of a day or a longer bar is the date
 * that is written, if it is midnight at any offset.
 */
const isoTime = (text: string, dated: boolean): string => {
  const spelled = text.replace(/^(\d{4})(\d\d)(\d\d)$/, '$1-$2-$3').replace(/^(\d{4}-\d\d-\d\d) (?=\d)/, '$1T')
  if (dated) return spelled.replace(/T00:00(:00(\.0+)?)?(Z|[+-]\d\d:\d\d)?$/, '')
  return /T[\d:.]+$/.test(spelled) ? `${spelled}Z` : spelled
}

const isEmpty = (cell: string | undefined): boolean => cell === '' || cell === 'null'

const headerError = (message: string) => new DomainError([{ path: 'line 1', message }])

const texts: ReadonlySet<BarColumn> = new Set(['symbol', 'timeframe', 'time', 'additionalData'])
const priceColumns: readonly BarColumn[] = ['open', 'high', 'low', 'close']

/** By place in the header: the column of a bar; undefined if it is ignored. */
const readHeader = (header: readonly string[], defaults: BarDefaults): (BarColumn | undefined)[] => {
  const columns = header.map(cell => columnNames.get(plainName(cell)))
  const separator = header.length === 1 ? /[;\t]/.exec(header[0] ?? '')?.[0] : undefined
  if (separator !== undefined)
    throw headerError(`is separated by ${separator === ';' ? 'semicolons' : 'tabs'}: it must be separated by commas`)
  const ambiguous = describeAmbiguousColumn(header, columns)
  if (ambiguous !== undefined) throw headerError(ambiguous)
  const missing = (['time', ...priceColumns] as const).filter(column => !columns.includes(column))
  if (missing.length > 0) throw headerError(`must have columns for ${missing.join(', ')}`)
  const volume = columns.includes('volume') ? undefined : header.find((cell, place) => columns[place] === undefined && /vol/i.test(cell))
  if (volume !== undefined) throw headerError(`has no column Volume, and "${volume.trim().slice(0, 40)}" is not a known column`)
  if (!columns.includes('symbol') && defaults.symbol === undefined)
    throw new DomainError([{ path: 'symbol', message: 'is required: the file has no column for it' }])
  if (!columns.includes('timeframe') && !isTimeframe(defaults.timeframe))
    throw new DomainError([{ path: 'timeframe', message: 'is required: the file has no column for it' }])
  return columns
}

/**
 * Reads a price file, as Stooq, Yahoo and most vendors offer it: CSV with the columns Date, Open, High, Low, Close and perhaps Volume, Symbol and
 * other columns of bars. Other columns are listed as ignored, such as an adjusted close, since the store adjusts. A line in which all
 * prices are empty or `null` is a day without trading.
 * @throws DomainError if columns are missing or ambiguous.
 */
export const readPricesFromCsv = (text: string, { round = false, symbol, timeframe }: PriceFileOptions): BarBatch => {
  const [header, ...lines] = linesOf(text)
  if (!header) throw headerError('must have the names of the columns')
  const columns = readHeader(header.cells, { symbol, timeframe })
  const prices = columns.flatMap((column, place) => (column !== undefined && priceColumns.includes(column) ? [place] : []))
  const batch = new BarBatch()
  batch.ignoredColumns = header.cells.filter((_, place) => columns[place] === undefined).map(cell => cell.trim())
  const number = (cell: string): string => {
    const plain = round ? plainDecimal(cell) : undefined
    if (plain === undefined || decimalsOf(plain) <= storedDecimals) return cell
    batch.roundedCount += 1
    return new Decimal(plain).toDecimalPlaces(storedDecimals, Decimal.ROUND_HALF_EVEN).toFixed()
  }
  const add = ({ cells: given, number: line }: Line) => {
    const cells: string[] = []
    cells[0] = symbol ?? ''
    cells[1] = timeframe ?? ''
    cells[barColumns.indexOf('volume')] = '0'
    for (const [place, column] of columns.entries()) {
      const cell = given[place]!.trim()
      if (column === undefined || (column === 'volume' && isEmpty(cell))) continue
      cells[barColumns.indexOf(column)] = texts.has(column) ? cell : number(cell)
    }
    cells[2] = isoTime(cells[2]!, isTimeframe(cells[1]) && isDated(cells[1]))
    batch.add(line, cells)
  }
  for (const line of lines) {
    if (line.cells.length !== columns.length) {
      batch.report(line.number, `has ${line.cells.length} cells where the header has ${columns.length}`)
    } else if (!prices.every(place => isEmpty(line.cells[place]!.trim()))) add(line)
  }
  if (batch.rowCount === 0 && batch.faultCount === 0)
    throw new DomainError([{ path: 'line 2', message: 'there are no prices below the header' }])
  return batch
}
