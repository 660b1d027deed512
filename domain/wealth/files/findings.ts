import type { CalendarDate, Money } from '../../shared/index.ts'
import { isCalendarDate } from '../../shared/index.ts'
import { magnitude, type Read, readFigure, readMoney, shown } from './amounts.ts'
import type { RejectedRow } from './rows.ts'
import { isFormula, oneLine, readText, textLimits } from './texts.ts'

const faultLimit = 100
const noteLimit = 50

/** The currency of a text; undefined if it is none. */
export const currencyOf = (text: string): string | undefined => (/^[A-Z]{3}$/i.test(text) ? text.toUpperCase() : undefined)

/** What is found while a file is read: rows with faults, and what the person should know. */
export class Findings {
  readonly rejected: RejectedRow[] = []
  rejectedCount = 0
  /** Whether a text is refused that a spreadsheet would compute, because people open such a file there. */
  readonly refusesFormulas: boolean
  readonly #notes = new Set<string>()

  constructor({ refusesFormulas = false }: { readonly refusesFormulas?: boolean } = {}) {
    this.refusesFormulas = refusesFormulas
  }

  get notes(): readonly string[] {
    return [...this.#notes]
  }

  note(text: string): void {
    if (this.#notes.size < noteLimit) this.#notes.add(text)
  }

  /** Records a fault. A caller that rejects a row without `row` counts it by `rejectRow`. */
  reject(line: number, message: string, field?: string): void {
    if (this.rejected.length < faultLimit) this.rejected.push(field === undefined ? { line, message } : { line, field, message })
  }

  rejectRow(line: number, message: string, field?: string): void {
    this.rejectedCount += 1
    this.reject(line, message, field)
  }

  /** What `read` returns; undefined, and the row counted, if one of its fields has a fault. */
  row<Value>(line: number, read: (fields: RowFields) => Value): Value | undefined {
    const fields = new RowFields(line, this)
    const value = read(fields)
    if (!fields.hasFault) return value
    this.rejectedCount += 1
    return undefined
  }
}

/** Reads the fields of one row. Each method returns undefined for an empty field and for a fault, which it records by line and field. */
export class RowFields {
  readonly line: number
  hasFault = false
  readonly #findings: Findings

  constructor(line: number, findings: Findings) {
    this.line = line
    this.#findings = findings
  }

  fault(field: string, message: string): undefined {
    this.hasFault = true
    this.#findings.reject(this.line, message, field)
  }

  #take(field: string, read: Read): string | undefined {
    return 'text' in read ? read.text : this.fault(field, read.fault)
  }

  #plain(field: string, text: string, limit: number): string | undefined {
    const isRefused = this.#findings.refusesFormulas && isFormula(text)
    return this.#take(field, isRefused ? { fault: 'begins like a formula of a spreadsheet: text must be plain' } : readText(text, limit))
  }

  /** Text in one line. */
  text(field: string, text: string | undefined, limit: number = textLimits.name): string | undefined {
    const line = text === undefined ? '' : oneLine(text)
    return line === '' ? undefined : this.#plain(field, line, limit)
  }

  /** Text that may have several lines. */
  notes(field: string, text: string | undefined): string | undefined {
    const trimmed = text === undefined ? '' : text.replaceAll(/\r\n?|[\u0085\u2028\u2029]/g, '\n').trim()
    return trimmed === '' ? undefined : this.#plain(field, trimmed, textLimits.notes)
  }

  /** @param plain a number in plain form */
  money(field: string, plain: string | undefined): Money | undefined {
    return plain === undefined || plain === '' ? undefined : this.#take(field, readMoney(plain))
  }

  /** An amount without its sign. */
  charge(field: string, plain: string | undefined): Money | undefined {
    const amount = this.money(field, plain)
    return amount === undefined || amount === '0.00' ? undefined : magnitude(amount)
  }

  /** A quantity or price, with its sign. */
  figure(field: string, plain: string | undefined): string | undefined {
    return plain === undefined || plain === '' ? undefined : this.#take(field, readFigure(plain))
  }

  /** @param date `YYYY-MM-DD`, which may not exist; undefined if `text` has another form */
  date(field: string, text: string, date: string | undefined): CalendarDate | undefined {
    if (date === undefined || !isCalendarDate(date)) return this.fault(field, `${shown(text)} is not a date`)
    if (date < '1900' || date >= '2200') return this.fault(field, `${shown(text)} is not a date from 1900 to 2199`)
    return date
  }

  currency(field: string, text: string | undefined): string | undefined {
    const given = text?.trim() ?? ''
    return given === '' ? undefined : (currencyOf(given) ?? this.fault(field, `${shown(given)} is not a currency code, like USD`))
  }

  missing(field: string): undefined {
    return this.fault(field, 'is missing')
  }
}
