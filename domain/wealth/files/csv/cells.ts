import { type DataRow, placesOf, readFigure, readWrittenTime, shiftDecimal } from '../../../files/index.ts'
import { type CalendarDate, dateOfEpochDay, type Money } from '../../../shared/index.ts'
import { shown } from '../amounts.ts'
import type { RowFields } from '../findings.ts'
import type { CsvMeaning } from './meanings.ts'
import type { CsvProfile } from './profile.ts'

/** Where each meaning stands in a row, and how its cells are read. */
export class CsvColumns {
  readonly profile: CsvProfile
  readonly #header: readonly string[]
  readonly #places: ReadonlyMap<string, number>

  /** @throws DomainError for a column that the file does not have */
  constructor(profile: CsvProfile, header: readonly string[], width?: number) {
    this.profile = profile
    this.#header = header
    this.#places = placesOf(profile.columns, header, width)
  }

  has(...meanings: readonly CsvMeaning[]): boolean {
    return meanings.some(meaning => this.#places.has(meaning))
  }

  placeOf(meaning: CsvMeaning): number | undefined {
    return this.#places.get(meaning)
  }

  /** The name of a column as the file writes it. */
  nameOf(meaning: CsvMeaning): string {
    const place = this.#places.get(meaning)
    if (place === undefined) return meaning
    const name = this.#header[place]?.trim() ?? ''
    return name === '' ? `column ${place + 1}` : name
  }
}

/** A figure with a percent sign or with a suffix for thousands is none of money. */
const scaled = /[%‰]|\d\s?(?:k|tsd|mn|mio|mln|mrd|m|bn|b|t)\.?$/i

/** Reads the cells of one row by their meaning. */
export class Cells {
  readonly #columns: CsvColumns
  readonly #fields: RowFields
  readonly #cells: readonly string[]

  constructor(columns: CsvColumns, fields: RowFields, { cells }: DataRow) {
    this.#columns = columns
    this.#fields = fields
    this.#cells = cells
  }

  /** The trimmed cell; empty if there is none. */
  raw(meaning: CsvMeaning): string {
    const place = this.#columns.placeOf(meaning)
    return place === undefined ? '' : (this.#cells[place]?.trim() ?? '')
  }

  text(meaning: CsvMeaning, limit?: number): string | undefined {
    const text = this.raw(meaning)
    return text === '' ? undefined : this.#fields.text(this.#columns.nameOf(meaning), text, limit)
  }

  notes(meaning: CsvMeaning): string | undefined {
    return this.#fields.notes(this.#columns.nameOf(meaning), this.raw(meaning))
  }

  /** A number in plain form. */
  plain(meaning: CsvMeaning): string | undefined {
    const text = this.raw(meaning)
    if (text === '') return undefined
    const { nulls } = this.#columns.profile
    const read = scaled.test(text) ? { fault: `${shown(text)} is not a plain number` } : readFigure(text, this.#columns.profile, nulls)
    if ('fault' in read) return this.fault(meaning, read.fault)
    return read.value ?? undefined
  }

  money(meaning: CsvMeaning): Money | undefined {
    const plain = this.plain(meaning)
    const { scale } = this.#columns.profile
    return plain === undefined ? undefined : this.#fields.money(this.#columns.nameOf(meaning), shiftDecimal(plain, scale))
  }

  figure(meaning: CsvMeaning): string | undefined {
    return this.#fields.figure(this.#columns.nameOf(meaning), this.plain(meaning))
  }

  /** The date that is written, in the zone of the file. Of "08/15/2024 as of 08/14/2024", the first. */
  date(meaning: CsvMeaning): CalendarDate | undefined {
    const text = this.raw(meaning).replace(/ as of .*$/i, '')
    if (text === '') return undefined
    const read = readWrittenTime(text, this.#columns.profile)
    if ('fault' in read) return this.fault(meaning, read.fault)
    return this.#fields.date(this.#columns.nameOf(meaning), text, dateOfEpochDay(read.day))
  }

  currency(): string | undefined {
    return this.#fields.currency(this.#columns.nameOf('currency'), this.raw('currency'))
  }

  fault(meaning: CsvMeaning, message: string): undefined {
    return this.#fields.fault(this.#columns.nameOf(meaning), message)
  }

  /** The value; records that it is missing, unless its cell has a fault of its own. */
  required<Value>(meaning: CsvMeaning, value: Value | undefined): Value | undefined {
    return value === undefined && (this.raw(meaning) === '' || this.plainIsNull(meaning)) ? this.fault(meaning, 'is missing') : value
  }

  private plainIsNull(meaning: CsvMeaning): boolean {
    return this.#columns.profile.nulls.includes(this.raw(meaning).toLowerCase())
  }
}
