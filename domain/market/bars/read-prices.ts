import { type DataRow, type Detection, type FileProfileChange, momentReader, placesOf, shownCell, type Table } from '../../files/index.ts'
import { dateOfEpochDay, DomainError } from '../../shared/index.ts'
import { BarBatch, type BarColumn, barColumns } from './bar-batch.ts'
import type { Cell } from './cells.ts'
import { type FileDividend, type FileSplit, jumpingSplits, readSplit } from './price-actions.ts'
import { detectPrices, type PriceMeaning, timeframeOf } from './price-columns.ts'
import { figureReader, type PriceCounts, wholePrices } from './price-figures.ts'
import type { BarDefaults } from './read-json.ts'
import { isDated, isTimeframe } from './timeframes.ts'

/** What happens with two rows of one symbol, timeframe and time. */
export const duplicatePolicies = ['refuse', 'first', 'last'] as const

export interface PriceFileOptions extends BarDefaults {
  /** Round every figure to the stored decimals, half to even. Without it, only noise of floats is rounded, and other figures are faults. */
  readonly round?: boolean | undefined
  /** What is known of the file; the rest is found. */
  readonly profile?: FileProfileChange | undefined
  readonly duplicates?: (typeof duplicatePolicies)[number] | undefined
  /** Leave faulty rows out, and report them. Without it, a faulty row refuses the file. */
  readonly skipFaults?: boolean | undefined
}

const fileError = (message: string, path = 'line 1') => new DomainError([{ path, message }])

const microsecondsPerDay = 86_400_000_000
const pad = (value: number, length: number): string => String(value).padStart(length, '0')

let lastDay: readonly [day: number, text: string] = [Number.NaN, '']

/** The text of a day. Most rows have the day of the row before. */
const dayText = (day: number): string => {
  if (lastDay[0] !== day) lastDay = [day, dateOfEpochDay(day)]
  return lastDay[1]
}

/** An instant of RFC 3339, to the microsecond. */
const instantText = (micros: number): string => {
  const day = Math.floor(micros / microsecondsPerDay)
  const rest = micros - day * microsecondsPerDay
  const seconds = Math.floor(rest / 1_000_000)
  const fraction = rest % 1_000_000
  const clock = `${pad(Math.floor(seconds / 3600), 2)}:${pad(Math.floor(seconds / 60) % 60, 2)}:${pad(seconds % 60, 2)}`
  return `${dayText(day)}T${clock}${fraction === 0 ? '' : `.${pad(fraction, 6)}`}Z`
}

const places = Object.fromEntries(barColumns.map((column, place) => [column, place])) as Record<BarColumn, number>
const otherFigures = ['volume', 'vwap', 'tradeCount', 'bid', 'ask', 'spread'] as const
const scaled: ReadonlySet<PriceMeaning> = new Set(['open', 'high', 'low', 'close', 'vwap', 'bid', 'ask', 'spread', 'dividend'])

const requireColumns = (columns: ReadonlyMap<string, number>, { header }: Table, { symbol, timeframe }: BarDefaults): void => {
  const missing = (['time', 'close'] as const).filter(meaning => !columns.has(meaning))
  if (missing.length > 0) throw fileError(`must have columns for ${missing.join(', ')}`)
  const volume = columns.has('volume')
    ? undefined
    : header.find(name => /vol/i.test(name) && ![...columns.values()].includes(header.indexOf(name)))
  if (volume !== undefined && !/adj/i.test(volume))
    throw fileError(`has no column Volume, and ${shownCell(volume.trim())} is not a known column: name it in the profile`)
  if (!columns.has('symbol') && symbol === undefined) throw fileError('is required: the file has no column for it', 'symbol')
  if (!columns.has('timeframe') && !isTimeframe(timeframe)) throw fileError('is required: the file has no column for it', 'timeframe')
}

/** The symbol that a second row of names has in every column that has one, as yfinance writes it. */
const symbolInHeader = ({ headerRows }: Table): string | undefined => {
  const row = headerRows.find(([first]) => first?.trim() === 'Ticker')
  const names = new Set(row?.slice(1).filter(name => name !== ''))
  return names.size === 1 ? [...names][0] : undefined
}

interface Added {
  readonly line: number
  readonly cells: readonly Cell[]
}

/** Reads the rows of a table of prices into bars and corporate actions. */
class PriceReader {
  readonly counts: PriceCounts = { rounded: 0, filled: 0, corrected: 0 }
  readonly dividends: FileDividend[] = []
  readonly splits: FileSplit[] = []
  readonly closes = new Map<string, [string, number][]>()
  readonly batch = new BarBatch()
  readonly added: Added[] = []
  addedCount = 0
  readonly #columns: ReadonlyMap<string, number>
  readonly #options: PriceFileOptions
  readonly #moment: ReturnType<typeof momentReader>
  readonly #figure: ReturnType<typeof figureReader>
  readonly #scale: number
  readonly #keeps: boolean

  constructor({ profile }: Detection, columns: ReadonlyMap<string, number>, options: PriceFileOptions) {
    this.#columns = columns
    this.#options = options
    this.#moment = momentReader(profile)
    this.#figure = figureReader(profile, this.counts, options.round ?? false)
    this.#scale = profile.scale
    this.#keeps = options.skipFaults === true || (options.duplicates ?? 'refuse') !== 'refuse'
  }

  #cell({ cells }: DataRow, meaning: PriceMeaning): string | undefined {
    const place = this.#columns.get(meaning)
    return place === undefined ? undefined : cells[place]
  }

  /** A figure of a row: null if there is none; undefined if it has a fault, which is reported. */
  #value(row: DataRow, meaning: PriceMeaning): string | null | undefined {
    const read = this.#figure(this.#cell(row, meaning), scaled.has(meaning) ? this.#scale : 0)
    if ('value' in read) return read.value
    this.batch.report(row.line, read.fault, meaning in places ? (meaning as BarColumn) : undefined)
    return undefined
  }

  read(row: DataRow): void {
    if (row.fault !== undefined) return this.batch.report(row.line, row.fault)
    const symbol = this.#cell(row, 'symbol')?.trim() ?? this.#options.symbol ?? ''
    const given = this.#cell(row, 'timeframe')
    const timeframe = given === undefined ? (this.#options.timeframe ?? '') : timeframeOf(given)
    const prices = (['open', 'high', 'low', 'close'] as const).map(meaning => this.#value(row, meaning))
    const time = this.#moment(this.#cell(row, 'time') ?? '', this.#cell(row, 'clock'), symbol)
    if ('fault' in time) return this.batch.report(row.line, time.fault, 'time')
    const exDate = dayText(time.day)
    this.#readActions(row, symbol, exDate)
    const [open, high, low, close] = prices
    if (prices.includes(undefined) || prices.every(price => price === null)) return
    if (close === null || close === undefined) return this.batch.report(row.line, 'is missing', 'close')
    const dated = isTimeframe(timeframe) && isDated(timeframe)
    if (dated && time.hasTime)
      return this.batch.report(
        row.line,
        'has a time of day; a bar of a day or longer has only a date. If it is the midnight of an exchange, give its timezone',
        'time',
      )
    const cells: Cell[] = [symbol, timeframe, dated ? exDate : instantText(time.micros)]
    cells.push(...wholePrices({ open: open!, high: high!, low: low!, close }, this.counts))
    for (const column of otherFigures) {
      const value = this.#value(row, column)
      if (value === undefined) return
      cells[places[column]] = value
    }
    cells[places.additionalData] = this.#cell(row, 'additionalData')
    this.addedCount += 1
    // Only where rows may be left out are they kept until all are read.
    if (this.#keeps) this.added.push({ line: row.line, cells })
    else this.batch.add(row.line, cells)
    if (!this.#columns.has('split')) return
    const closes = this.closes.get(symbol) ?? []
    this.closes.set(symbol, closes)
    closes.push([exDate, Number(close)])
  }

  #readActions(row: DataRow, symbol: string, exDate: string): void {
    const amount = this.#value(row, 'dividend')
    if (amount && Number(amount) > 0) this.dividends.push({ symbol, exDate, amount })
    else if (amount && Number(amount) < 0) this.batch.report(row.line, `${amount} is not a dividend: it is below zero`)
    const text = this.#cell(row, 'split')
    if (text === undefined) return
    const figure = this.#figure(text)
    const ratio = 'fault' in figure && !/[:/]/.test(text) ? figure.fault : readSplit(text, 'value' in figure ? figure.value : null)
    if (typeof ratio === 'string') this.batch.report(row.line, ratio)
    else if (ratio) this.splits.push({ symbol, exDate, numerator: ratio[0], denominator: ratio[1] })
  }
}

/** One row for each symbol, timeframe and time: the first or the last of the file. */
const withoutDuplicates = (rows: readonly Added[], policy: 'first' | 'last'): Added[] => {
  const kept = new Map<string, Added>()
  const keys = rows.map(({ cells: [symbol, timeframe, time] }) => `${String(symbol)} ${String(timeframe)} ${String(time)}`)
  for (const [index, row] of rows.entries()) if (policy === 'last' || !kept.has(keys[index]!)) kept.set(keys[index]!, row)
  return kept.size === rows.length ? [...rows] : rows.filter((row, index) => kept.get(keys[index]!) === row)
}

/** The last action of each symbol and day. */
const onePerDay = <Action extends { readonly symbol: string; readonly exDate: string }>(actions: readonly Action[]): Action[] => [
  ...new Map(actions.map(action => [`${action.symbol} ${action.exDate}`, action])).values(),
]

/** The batch of what has no fault, of a batch with faults. */
const withoutFaults = (faulty: BarBatch, rows: readonly Added[]): BarBatch => {
  const batch = new BarBatch()
  for (const { cells, line } of rows) if (!faulty.faultyRows.has(line)) batch.add(line, cells)
  return batch
}

/**
 * Reads a price file of any source: CSV with a date and a close, and perhaps other columns of bars, dividends and splits. Other columns are
 * listed as ignored, such as an adjusted close, since the store adjusts. A row in which all prices are empty is a day without trading.
 * @throws DomainError if columns are missing or the text is no table.
 */
export const readPricesFromCsv = (text: string, given: PriceFileOptions): BarBatch => {
  const detection = detectPrices(text, given.profile)
  const options = { ...given, symbol: given.symbol ?? symbolInHeader(detection.table) }
  const { profile, table } = detection
  const width = table.rows.find(({ fault }) => fault === undefined)?.cells.length
  const columns = placesOf(profile.columns, table.header, width)
  requireColumns(columns, table, options)
  const reader = new PriceReader(detection, columns, options)
  for (const row of table.rows) reader.read(row)
  if (reader.addedCount === 0 && reader.batch.faultCount === 0 && reader.dividends.length + reader.splits.length === 0)
    throw fileError('there are no prices below the header', 'line 2')
  const { duplicates = 'refuse', skipFaults = false } = options
  const rows = duplicates === 'refuse' ? reader.added : withoutDuplicates(reader.added, duplicates)
  for (const { cells, line } of rows) reader.batch.add(line, cells)
  const read = reader.batch
  const batch = skipFaults && read.faultCount > 0 ? withoutFaults(read, rows) : read
  const addedLines = new Set(reader.added.map(({ line }) => line))
  const unread = [...read.faultyRows].filter(line => !addedLines.has(line)).length
  const allSplits = onePerDay(reader.splits)
  const splits = jumpingSplits(allSplits, reader.closes)
  batch.ignoredColumns = table.header.filter((_, place) => ![...columns.values()].includes(place)).map(cell => cell.trim())
  batch.roundedCount = reader.counts.rounded
  batch.reading = {
    profile,
    columnNames: table.header.length > 0 ? table.header : Array<string>(width ?? 0).fill(''),
    notes: detection.notes,
    ambiguous: detection.ambiguous,
    counts: reader.counts,
    dividends: onePerDay(reader.dividends),
    splits,
    adjustedSplits: allSplits.length - splits.length,
    skipped: reader.addedCount - batch.rowCount + (batch === read ? 0 : unread),
    skippedFaults: batch === read ? [] : read.faults,
  }
  return batch
}
