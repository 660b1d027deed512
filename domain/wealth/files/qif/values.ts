import { type DateOrder, findDateOrder, findMarks, type NumberMarks, readFigure, readWrittenTime } from '../../../files/index.ts'
import { dateOfEpochDay } from '../../../shared/index.ts'
import type { RowFields } from '../findings.ts'
import type { QifRecord } from './sections.ts'

/** What nothing in a file decides. */
export interface QifOptions {
  readonly dateOrder?: DateOrder | undefined
  readonly decimalMark?: NumberMarks['decimalMark'] | undefined
}

/** How the dates and numbers of a file are written. */
export interface QifReading {
  readonly dateOrder: DateOrder
  readonly marks: NumberMarks
}

/** A date of Quicken with plain marks: `2/ 4'20` is 2/4/2020. An apostrophe stands before a year from 2000 on. */
const plainDate = (text: string): string => {
  const [, first, second, apostrophe, year] = /^(\d{1,2})[/.-]\s*(\d{1,2})\s*([/.'-])\s*(\d{1,4})$/.exec(text) ?? []
  if (year === undefined) return text
  const full = year.length === 4 ? year : year.length > 2 ? '' : apostrophe === "'" ? `20${year.padStart(2, '0')}` : year.padStart(2, '0')
  const mark = text.includes('.') ? '.' : '/'
  return full === '' ? text : `${first}${mark}${second}${mark}${full}`
}

/** The texts of fields with a code, in records. */
const textsOf = (records: readonly QifRecord[], codes: string): string[] =>
  records.flatMap(({ fields }) => fields.flatMap(({ code, text }) => (codes.includes(code) && text !== '' ? [text] : [])))

/** Whether the order of a date matters: not in 1/1/2000. */
const isTelling = (date: string): boolean => {
  const [first, second] = date.split(/[/.]/).map(Number)
  return first !== second
}

/** Finds the order of dates and the marks of numbers by all records with transactions. */
export const findReading = (
  records: readonly QifRecord[],
  { dateOrder, decimalMark }: QifOptions,
): { reading: QifReading; ambiguous: readonly string[]; notes: readonly string[] } => {
  const order = findDateOrder(textsOf(records, 'D').map(plainDate).filter(isTelling))
  const marks = findMarks(textsOf(records, 'TU$OIQ'))
  const isOpen = dateOrder === undefined && order.isAmbiguous
  const areMarksOpen = decimalMark === undefined && marks.isAmbiguous
  const mark = decimalMark ?? marks.decimalMark
  const isThousandsMarkFound = marks.thousandsMark !== '' && marks.thousandsMark !== mark
  return {
    reading: {
      dateOrder: dateOrder ?? (order.evidence === undefined ? 'MDY' : order.dateOrder),
      marks: {
        decimalMark: mark,
        thousandsMark: isThousandsMarkFound ? marks.thousandsMark : mark === '.' ? ',' : '.',
      },
    },
    ambiguous: [...(isOpen ? ['dateOrder'] : []), ...(areMarksOpen ? ['decimalMark'] : [])],
    notes: [
      ...(isOpen ? [`The date ${JSON.stringify(order.evidence ?? '')} can be read in two ways. Choose the order of day and month.`] : []),
      ...(areMarksOpen ? [`The number ${JSON.stringify(marks.evidence ?? '')} can be read in two ways. Choose the decimal mark.`] : []),
    ],
  }
}

/** Reads the fields of one record by their letter. */
export class QifFields {
  readonly #record: QifRecord
  readonly #fields: RowFields
  readonly #reading: QifReading

  constructor(record: QifRecord, fields: RowFields, reading: QifReading) {
    this.#record = record
    this.#fields = fields
    this.#reading = reading
  }

  raw(code: string): string | undefined {
    const text = this.#record.fields.find(field => field.code === code)?.text
    return text === '' ? undefined : text
  }

  text(code: string, limit?: number): string | undefined {
    return this.#fields.text(code, this.raw(code), limit)
  }

  plain(code: string, text = this.raw(code)): string | undefined {
    if (text === undefined) return undefined
    const read = readFigure(text, this.#reading.marks)
    if ('fault' in read) return this.#fields.fault(code, read.fault)
    return read.value ?? undefined
  }

  money(code: string, text = this.raw(code)): string | undefined {
    return this.#fields.money(code, this.plain(code, text))
  }

  figure(code: string): string | undefined {
    return this.#fields.figure(code, this.plain(code))
  }

  date(code: string): string | undefined {
    const text = this.raw(code)
    if (text === undefined) return this.#fields.missing(code)
    const read = readWrittenTime(plainDate(text), this.#reading)
    if ('fault' in read) return this.#fields.fault(code, read.fault)
    return this.#fields.date(code, text, dateOfEpochDay(read.day))
  }
}
