import {
  type Cell,
  isAtMost,
  isPrice,
  type Read,
  readAdditionalData,
  readCount,
  readPrice,
  readQuote,
  readSpread,
  readVolume,
  shown,
} from './cells.ts'
import type { PriceReading } from './price-reading.ts'
import { readBarTime } from './times.ts'
import { isDated, isTimeframe, type Timeframe, timeframes } from './timeframes.ts'

/** A bar's members, in the order of a row's cells. */
export const barColumns = [
  'symbol',
  'timeframe',
  'time',
  'open',
  'high',
  'low',
  'close',
  'volume',
  'vwap',
  'tradeCount',
  'bid',
  'ask',
  'spread',
  'additionalData',
] as const
export type BarColumn = (typeof barColumns)[number]
export const requiredBarColumns: readonly BarColumn[] = barColumns.slice(0, 8)

export interface BarFault {
  /** Counted as in the format: from 0 in a JSON list, from 1 for the lines of a file. */
  readonly row: number
  readonly column?: BarColumn
  readonly message: string
}

export interface SeriesKey {
  readonly symbol: string
  readonly timeframe: Timeframe
}

type Optional = 'vwap' | 'tradeCount' | 'bid' | 'ask' | 'spread' | 'additionalData'

const symbolPattern = /^[A-Z0-9^][A-Z0-9.^=/_&!:-]{0,31}$/
const isMissing = (cell: Cell): boolean => cell === undefined || cell === null || cell === ''

const readTimeCell = (cell: Cell, dated: boolean): number | string => {
  if (typeof cell === 'string' && cell !== '') return readBarTime(cell, dated)
  if (isMissing(cell)) return 'is missing'
  return `${shown(cell)} is not a text: it must be ${dated ? 'a date, like "2026-03-31"' : 'an instant with its offset, like "2026-03-31T14:30:00Z"'}`
}

/** Maximum number of faults reported per batch: a file in a wrong format would have one per row. */
const faultLimit = 100

const optionalReaders: readonly (readonly [Optional, number, (cell: Cell) => Read])[] = [
  ['vwap', 8, readPrice],
  ['tradeCount', 9, readCount],
  ['bid', 10, readQuote],
  ['ask', 11, readQuote],
  ['spread', 12, readSpread],
  ['additionalData', 13, readAdditionalData],
]

const quotes: ReadonlySet<BarColumn> = new Set(['bid', 'ask'])
const signed: ReadonlySet<BarColumn> = new Set(['vwap', ...quotes])

/**
 * Bars to be stored, as columns of exact decimal texts. Each is checked as the store would check it, so that every faulty row is reported
 * by its number and no part of a faulty batch is sent. Rows are added cell by cell, from any format.
 */
export class BarBatch {
  /** Symbol and timeframe of `seriesIndexes`. */
  readonly keys: SeriesKey[] = []
  /** By row: its number. */
  readonly rows: number[] = []
  /** By row: its index in `keys`; -1 if symbol or timeframe is faulty. */
  readonly seriesIndexes: number[] = []
  readonly times: string[] = []
  readonly opens: string[] = []
  readonly highs: string[] = []
  readonly lows: string[] = []
  readonly closes: string[] = []
  /** Null where it is not known. */
  readonly volumes: (string | null)[] = []
  /** Columns with a value in at least one row; null in rows without a value. */
  readonly optional: Partial<Record<Optional, (string | null)[]>> = {}
  /** Columns of the file that are not stored, by the names in its header. */
  ignoredColumns: readonly string[] = []
  /** Number of figures that were rounded. */
  roundedCount = 0
  /** How the batch was read, if it was a price file. */
  reading?: PriceReading
  /** The first hundred. */
  readonly faults: BarFault[] = []
  faultCount = 0
  readonly faultyRows = new Set<number>()
  /** By symbol and timeframe: the index in `keys`. */
  readonly #indexes = new Map<unknown, Map<unknown, number>>()
  /** By row: microseconds from 1970, NaN if the time is faulty. */
  readonly #moments: number[] = []
  /** Prices of zero or less, which only some instruments allow. */
  readonly #belowZero: { readonly row: number; readonly series: number; readonly column: BarColumn; readonly text: string }[] = []
  /** By series: its newest moment so far, and, from the first row on that is not newer, the row of each moment. */
  readonly #newest: number[] = []
  readonly #rowsByMoment: (Map<number, number> | undefined)[] = []

  get rowCount(): number {
    return this.rows.length
  }

  report(row: number, message: string, column?: BarColumn): void {
    this.faultCount += 1
    this.faultyRows.add(row)
    if (this.faults.length < faultLimit) this.faults.push(column === undefined ? { row, message } : { row, column, message })
  }

  /** Adds the row with this number. Its cells are in the order of `barColumns`; a missing cell is undefined, null or empty. */
  add(row: number, cells: readonly Cell[]): void {
    const time = cells[2]
    const series = this.#series(row, cells[0], cells[1])
    this.#moments.push(series === undefined ? Number.NaN : this.#moment(row, series, time))
    this.rows.push(row)
    this.seriesIndexes.push(series ?? -1)
    this.times.push(time as string)
    this.#prices(row, cells)
    for (const [name, index, read] of optionalReaders) this.#optional(row, name, cells[index], read)
  }

  /** Whether a row has a price of zero or less. */
  get hasPricesBelowZero(): boolean {
    return this.#belowZero.length > 0
  }

  /** Reports the prices of zero or less of the series that do not allow them. @param allows by index in `keys` */
  refuseBelowZero(allows: (series: number) => boolean): void {
    for (const { column, row, series, text } of this.#belowZero)
      if (!allows(series)) this.report(row, `${text} is not a price above zero, and the instrument does not allow others`, column)
  }

  #note(row: number, column: BarColumn, text: string): void {
    const value = Number(text)
    if (value > 0 || (value === 0 && quotes.has(column))) return
    this.#belowZero.push({ row, series: this.seriesIndexes.at(-1)!, column, text })
  }

  #optional(row: number, name: Optional, cell: Cell, read: (cell: Cell) => Read): void {
    if (isMissing(cell)) {
      this.optional[name]?.push(null)
      return
    }
    const column = (this.optional[name] ??= Array<string | null>(this.rowCount - 1).fill(null))
    const taken = read(cell)
    if ('fault' in taken) this.report(row, taken.fault, name)
    else if (signed.has(name)) this.#note(row, name, taken.text)
    column.push('text' in taken ? taken.text : null)
  }

  #series(row: number, symbol: Cell, timeframe: Cell): number | undefined {
    const known = this.#indexes.get(symbol)?.get(timeframe)
    if (known !== undefined) return known
    if (typeof symbol !== 'string' || !symbolPattern.test(symbol)) {
      this.report(row, isMissing(symbol) ? 'is missing' : `${shown(symbol)} is not a symbol`, 'symbol')
      return undefined
    }
    if (!isTimeframe(timeframe)) {
      this.report(row, isMissing(timeframe) ? 'is missing' : `${shown(timeframe)} is not one of ${timeframes.join(', ')}`, 'timeframe')
      return undefined
    }
    const ofSymbol = this.#indexes.get(symbol) ?? new Map<unknown, number>()
    this.#indexes.set(symbol, ofSymbol.set(timeframe, this.keys.length))
    this.#newest.push(Number.NEGATIVE_INFINITY)
    return this.keys.push({ symbol, timeframe }) - 1
  }

  #moment(row: number, series: number, cell: Cell): number {
    const moment = readTimeCell(cell, isDated(this.keys[series]!.timeframe))
    if (typeof moment === 'string') {
      this.report(row, moment, 'time')
      return Number.NaN
    }
    if (moment > this.#newest[series]! && this.#rowsByMoment[series] === undefined) {
      this.#newest[series] = moment
      return moment
    }
    const rows = (this.#rowsByMoment[series] ??= this.#rowsOf(series))
    const first = rows.get(moment)
    if (first === undefined) rows.set(moment, row)
    else this.report(row, `is the same as in row ${first}, for the same symbol and timeframe`, 'time')
    return moment
  }

  #rowsOf(series: number): Map<number, number> {
    const rows = new Map<number, number>()
    for (const [index, of] of this.seriesIndexes.entries()) if (of === series) rows.set(this.#moments[index]!, this.rows[index]!)
    return rows
  }

  #prices(row: number, cells: readonly Cell[]): void {
    const open = this.#price(row, cells[3], 'open')
    const high = this.#price(row, cells[4], 'high')
    const low = this.#price(row, cells[5], 'low')
    const close = this.#price(row, cells[6], 'close')
    // An empty cell may be the end of a file that was cut: only a word says that the volume is not known.
    const isKnown = cells[7] !== null && cells[7] !== 'null'
    const volume = isKnown ? readVolume(cells[7]) : { text: null }
    if ('fault' in volume) this.report(row, isMissing(cells[7]) ? 'is missing' : volume.fault, 'volume')
    this.opens.push(open)
    this.highs.push(high)
    this.lows.push(low)
    this.closes.push(close)
    this.volumes.push('text' in volume ? volume.text : '')
    if (open === '' || high === '' || low === '' || close === '') return
    const [openNumber, highNumber, lowNumber, closeNumber] = [Number(open), Number(high), Number(low), Number(close)]
    // If the floats differ, the decimals differ in the same way. Only equal floats need an exact comparison.
    if (lowNumber < openNumber && lowNumber < closeNumber && openNumber < highNumber && closeNumber < highNumber) return
    if (!isAtMost(low, high)) return this.report(row, `${high} is below the low of ${low}`, 'high')
    if (!isAtMost(open, high) || !isAtMost(close, high)) this.report(row, `${high} is below the open or close`, 'high')
    if (!isAtMost(low, open) || !isAtMost(low, close)) this.report(row, `${low} is above the open or close`, 'low')
  }

  #price(row: number, cell: Cell, column: BarColumn): string {
    if (isPrice(cell)) return cell
    const taken = readPrice(cell)
    if ('text' in taken) {
      this.#note(row, column, taken.text)
      return taken.text
    }
    this.report(row, isMissing(cell) ? 'is missing' : taken.fault, column)
    return ''
  }
}
