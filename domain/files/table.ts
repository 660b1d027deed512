import { DomainError } from '../shared/index.ts'
import { looksLikeTime, readWrittenTime } from './dates.ts'
import { decodeFile, decodeStream } from './decode.ts'
import { shownCell } from './numbers.ts'
import type { ColumnRef, FileProfile } from './profile.ts'
import { type Row, rowsOf, streamRows } from './rows.ts'

/** A row of data. */
export interface DataRow extends Row {
  /** Why its cells cannot be assigned to columns. */
  readonly fault?: string
}

/** A column's name without case, brackets, underscores and dots, so that `<Adj_Close>` and `adj close` are the same. */
export const plainName = (cell: string): string =>
  cell
    .trim()
    .replaceAll(/^<|>$/g, '')
    .toLowerCase()
    .replaceAll(/[\s_.]+/g, ' ')
    .trim()

const heldLimit = 100

/** Divides the rows of a file into names of columns and data. Rows are pushed one after the other. */
export class TableReader {
  readonly #profile: Pick<FileProfile, 'titleLines' | 'headerLines' | 'footerLines'>
  readonly #headerRows: (readonly string[])[] = []
  #seen = 0
  #width: number | undefined
  /** Names of the columns: of each, the lowest that is not empty. Empty without a header. */
  header: readonly string[] = []
  /** Rows that may be the footer. */
  #held: DataRow[] = []

  constructor(profile: Pick<FileProfile, 'titleLines' | 'headerLines' | 'footerLines'>) {
    this.#profile = profile
  }

  /** The rows with names, as they are written. */
  get headerRows(): readonly (readonly string[])[] {
    return this.#headerRows
  }

  push(row: Row): DataRow[] {
    const { footerLines, headerLines, titleLines } = this.#profile
    this.#seen += 1
    if (this.#seen <= titleLines) return []
    if (this.#seen <= titleLines + headerLines) {
      this.#headerRows.push(row.cells)
      const width = Math.max(...this.#headerRows.map(cells => cells.length))
      this.header = Array.from(
        { length: width },
        (_, place) => this.#headerRows.findLast(cells => cells[place]?.trim())?.[place]?.trim() ?? '',
      )
      return []
    }
    if (row.cells.every(cell => cell.trim() === '')) return []
    this.#width ??= this.#findWidth(row.cells)
    const placed = this.#place(row, this.#width)
    if (placed.fault === undefined && footerLines === 0 && this.#held.length === 0) return [placed]
    const isOdd = placed.fault !== undefined && row.cells.filter(cell => cell.trim() !== '').length === 1
    const keep = isOdd ? heldLimit : footerLines
    this.#held.push(placed)
    return this.#held.length > keep ? this.#held.splice(0, this.#held.length - keep) : []
  }

  /** What was held back. Rows at the end with one cell are a footer, unless the file is cut within a row. */
  end(): DataRow[] {
    const rows = this.#profile.footerLines > 0 ? this.#held.slice(0, -this.#profile.footerLines) : this.#held
    while (rows.at(-1)?.fault !== undefined && !looksCut(rows.at(-1)!)) rows.pop()
    return rows
  }

  #findWidth(cells: readonly string[]): number {
    if (this.header.length === 0) return cells.length
    const [date = '', clock = ''] = cells
    const isSplit = cells.length === this.header.length + 1 && !('fault' in readWrittenTime(date, { dateOrder: 'DMY' }, clock))
    // Some write the header for one column of time, and then date and time in two.
    if (isSplit && /:/.test(clock)) this.header = [this.header[0]!, 'Time', ...this.header.slice(1)]
    return this.header.length
  }

  #place(row: Row, width: number): DataRow {
    const { cells } = row
    if (cells.length === width) return row
    if (cells.length > width && cells.slice(width).every(cell => cell.trim() === ''))
      return { line: row.line, cells: cells.slice(0, width) }
    return { ...row, fault: `has ${cells.length} cells where ${this.header.length > 0 ? 'the header' : 'the first row'} has ${width}` }
  }
}

const looksCut = ({ cells }: DataRow): boolean => {
  const filled = cells.filter(cell => cell.trim() !== '')
  const text = filled[0]?.trim() ?? ''
  return filled.length !== 1 || /^["\d]*[\d.,:/-]*$/.test(text) || looksLikeTime(text)
}

export interface Table {
  readonly header: readonly string[]
  readonly headerRows: readonly (readonly string[])[]
  readonly rows: readonly DataRow[]
}

/** The table in the rows of a file. */
export const tableOf = (rows: readonly Row[], profile: Pick<FileProfile, 'titleLines' | 'headerLines' | 'footerLines'>): Table => {
  const reader = new TableReader(profile)
  const data: DataRow[] = []
  for (const row of rows) data.push(...reader.push(row))
  data.push(...reader.end())
  return { header: reader.header, headerRows: reader.headerRows, rows: data }
}

/** The table in the bytes of a file. @throws DomainError if they are not text in the profile's encoding, or a quote is not closed */
export const readTable = (bytes: Uint8Array, profile: FileProfile, limit?: number): Table =>
  tableOf(rowsOf(decodeFile(bytes, { encoding: profile.encoding, limit }).text, profile.delimiter), profile)

/**
 * The rows of data of a file that comes in pieces, in memory that does not grow with it.
 * @param onHeader is called with the names of the columns before the first row
 * @throws DomainError as `readTable`
 */
export async function* streamTable(
  chunks: AsyncIterable<Uint8Array>,
  profile: FileProfile,
  { limit, onHeader }: { readonly limit?: number; readonly onHeader?: (header: readonly string[]) => void } = {},
): AsyncGenerator<DataRow> {
  const reader = new TableReader(profile)
  let isAnnounced = false
  const announce = () => {
    if (!isAnnounced) onHeader?.(reader.header)
    isAnnounced = true
  }
  for await (const row of streamRows(decodeStream(chunks, profile.encoding, limit), profile.delimiter)) {
    const rows = reader.push(row)
    if (rows.length > 0) announce()
    yield* rows
  }
  announce()
  yield* reader.end()
}

/** The place of a column from 0; undefined if there is none. */
export const placeOf = (ref: ColumnRef, header: readonly string[], width = header.length): number | undefined => {
  if (typeof ref === 'number') return ref <= width ? ref - 1 : undefined
  const exact = header.indexOf(ref.trim())
  const place = exact === -1 ? header.findIndex(name => plainName(name) === plainName(ref)) : exact
  return place === -1 ? undefined : place
}

/** By meaning: the place of the column from 0. @throws DomainError for a column that the file does not have */
export const placesOf = (columns: Readonly<Record<string, ColumnRef>>, header: readonly string[], width?: number): Map<string, number> => {
  const places = new Map<string, number>()
  const issues = []
  for (const [meaning, ref] of Object.entries(columns)) {
    const place = placeOf(ref, header, width)
    if (place !== undefined) places.set(meaning, place)
    else
      issues.push({
        path: `profile.columns.${meaning}`,
        message: typeof ref === 'number' ? `the file has no column ${ref}` : `the file has no column ${shownCell(ref)}`,
      })
  }
  if (issues.length > 0) throw new DomainError(issues)
  return places
}
