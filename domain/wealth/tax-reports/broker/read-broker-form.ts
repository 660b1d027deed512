import {
  type DataRow,
  detectTable,
  type FileProfile,
  type FileProfileChange,
  placesOf,
  readFigure,
  readWrittenTime,
} from '../../../files/index.ts'
import { type CalendarDate, dateOfEpochDay, DomainError, type Money } from '../../../shared/index.ts'
import { magnitude } from '../../files/amounts.ts'
import { Findings, type RowFields } from '../../files/findings.ts'
import type { RejectedRow } from '../../files/rows.ts'
import { type Form8949Box, form8949Boxes } from '../realised-row.ts'
import { type BrokerMeaning, brokerMeanings } from './meanings.ts'

/** A line of a broker's Form 1099-B. */
export interface BrokerSale {
  /** In the file, from 1. */
  readonly line: number
  readonly symbol: string | null
  readonly description: string | null
  readonly quantity: string
  /** Null: the broker does not say it, or units of several purchases were sold. */
  readonly acquiredOn: CalendarDate | null
  readonly soldOn: CalendarDate
  readonly proceeds: Money
  readonly basis: Money | null
  readonly disallowedLoss: Money
  readonly term: 'short' | 'long' | null
  /** The box of Form 8949 that the broker names, or that follows from term and reported basis. */
  readonly box: Form8949Box | null
}

/** What a file holds. Rows with a fault are not among the sales. */
export interface BrokerForm {
  readonly sales: readonly BrokerSale[]
  readonly rejected: readonly RejectedRow[]
  readonly rejectedCount: number
  readonly notes: readonly string[]
  /** What in the file can be read in two ways. */
  readonly ambiguous: readonly string[]
}

const needed = ['soldOn', 'proceeds', 'quantity'] as const satisfies readonly BrokerMeaning[]
const needTexts: Readonly<Record<(typeof needed)[number], string>> = {
  soldOn: 'the date sold',
  proceeds: 'the proceeds',
  quantity: 'the quantity',
}

const totals = /^(?:sub)?totals?\b/i
const noDate = /^(?:various|inherited|n\/?a|unknown|-+)$/i

/** The cells of a row by their meaning, with the names of the columns in faults. */
class SaleCells {
  readonly #places: ReadonlyMap<string, number>
  readonly #header: readonly string[]
  readonly #profile: FileProfile
  readonly #fields: RowFields
  readonly #row: DataRow

  constructor(
    table: { places: ReadonlyMap<string, number>; header: readonly string[]; profile: FileProfile },
    fields: RowFields,
    row: DataRow,
  ) {
    this.#places = table.places
    this.#header = table.header
    this.#profile = table.profile
    this.#fields = fields
    this.#row = row
  }

  #name(meaning: BrokerMeaning): string {
    return this.#header[this.#places.get(meaning) ?? -1] ?? meaning
  }

  raw(meaning: BrokerMeaning): string {
    return this.#row.cells[this.#places.get(meaning) ?? -1]?.trim() ?? ''
  }

  text(meaning: BrokerMeaning): string | null {
    return this.#fields.text(this.#name(meaning), this.raw(meaning)) ?? null
  }

  fault(meaning: BrokerMeaning, message: string): undefined {
    return this.#fields.fault(this.#name(meaning), message)
  }

  #plain(meaning: BrokerMeaning): string | undefined {
    const read = readFigure(this.raw(meaning), this.#profile, this.#profile.nulls)
    return 'fault' in read ? this.fault(meaning, read.fault) : (read.value ?? undefined)
  }

  money(meaning: BrokerMeaning): Money | undefined {
    return this.#fields.money(this.#name(meaning), this.#plain(meaning))
  }

  figure(meaning: BrokerMeaning): string | undefined {
    return this.#fields.figure(this.#name(meaning), this.#plain(meaning))
  }

  date(meaning: BrokerMeaning): CalendarDate | undefined {
    const text = this.raw(meaning)
    if (text === '' || noDate.test(text)) return undefined
    const read = readWrittenTime(text, this.#profile)
    if ('fault' in read) return this.fault(meaning, read.fault)
    return this.#fields.date(this.#name(meaning), text, dateOfEpochDay(read.day))
  }

  required<Value>(meaning: BrokerMeaning, value: Value | undefined): Value | undefined {
    if (value === undefined && this.raw(meaning) === '') this.fault(meaning, 'is missing')
    return value
  }
}

const termOf = (text: string): BrokerSale['term'] =>
  /^(?:s|st|short)\b/i.test(text) ? 'short' : /^(?:l|lt|long)\b/i.test(text) ? 'long' : null

const boxOf = (cells: SaleCells, term: BrokerSale['term']): Form8949Box | null => {
  const letter = /\b([A-F])\b/i.exec(cells.raw('box'))?.[1]?.toUpperCase()
  const named = form8949Boxes.find(box => box === letter)
  if (named !== undefined || term === null) return named ?? null
  const reported = cells.raw('reported')
  if (/^(?:covered|y(?:es)?|true|x|reported)$/i.test(reported)) return term === 'short' ? 'A' : 'D'
  return /^(?:non-?covered|uncovered|no?|false|not reported)$/i.test(reported) ? (term === 'short' ? 'B' : 'E') : null
}

const saleOf = (line: number, cells: SaleCells): BrokerSale => {
  const box = /\b([A-F])\b/i.exec(cells.raw('box'))?.[1]?.toUpperCase()
  const term = termOf(cells.raw('term')) ?? (box === undefined ? null : box < 'D' ? 'short' : 'long')
  const quantity = cells.required('quantity', cells.figure('quantity'))
  const [soldOn, proceeds] = [cells.date('soldOn'), cells.money('proceeds')]
  cells.required('soldOn', soldOn)
  cells.required('proceeds', proceeds)
  const [symbol, description] = [cells.text('symbol'), cells.text('description')]
  if (symbol === null && description === null) cells.fault('symbol', 'is missing')
  if (cells.raw('soldOn') !== '' && noDate.test(cells.raw('soldOn'))) cells.fault('soldOn', 'is not a date')
  return {
    line,
    symbol: symbol?.toUpperCase() ?? null,
    description,
    quantity: magnitude(quantity ?? '0'),
    acquiredOn: cells.date('acquiredOn') ?? null,
    soldOn: soldOn ?? '',
    proceeds: proceeds ?? '0.00',
    basis: cells.money('basis') ?? null,
    disallowedLoss: magnitude(cells.money('disallowedLoss') ?? '0.00'),
    term,
    box: boxOf(cells, term),
  }
}

/**
 * Reads a broker's Form 1099-B as a table. Its columns are known by their names; a row with a fault is named by line and column.
 * @param change the order of day and month, where nothing in the file shows it
 * @throws DomainError if the file is no table, or has no column for the date sold, the proceeds or the quantity
 */
export const readBrokerForm = (bytes: Uint8Array, change: Pick<FileProfileChange, 'dateOrder'> = {}): BrokerForm => {
  const { ambiguous, profile, table } = detectTable(bytes, brokerMeanings, change)
  const missing = needed.filter(meaning => !(meaning in profile.columns))
  if (missing.length > 0)
    throw new DomainError(
      missing.map(meaning => ({
        path: `columns.${meaning}`,
        message: `no column has ${needTexts[meaning]}: name it like "${brokerMeanings[meaning].lesserNames[0]}"`,
      })),
    )
  const { header } = table
  const places = placesOf(profile.columns, header)
  const findings = new Findings({ refusesFormulas: true })
  const sales: BrokerSale[] = []
  for (const row of table.rows) {
    if (row.cells.some(cell => totals.test(cell.trim()))) {
      findings.note(`Line ${row.line} has totals. It was skipped.`)
      continue
    }
    if (row.fault !== undefined) {
      findings.rejectRow(row.line, row.fault)
      continue
    }
    const sale = findings.row(row.line, fields => saleOf(row.line, new SaleCells({ places, header, profile }, fields, row)))
    if (sale !== undefined) sales.push(sale)
  }
  if (!('basis' in profile.columns)) findings.note('No column has the basis. It was not compared.')
  const { notes, rejected, rejectedCount } = findings
  return { sales, rejected, rejectedCount, notes, ambiguous }
}
