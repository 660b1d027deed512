import { DomainError } from '../shared/index.ts'
import { findDateOrder, looksLikeTime } from './dates.ts'
import { decodeFile } from './decode.ts'
import { findMarks, readFigure, shownCell, usualNulls } from './numbers.ts'
import type { ColumnRef, FileProfile, FileProfileChange } from './profile.ts'
import { type Delimiter, type Row, rowsOf } from './rows.ts'
import { placeOf, plainName, type Table, tableOf } from './table.ts'

/** A meaning that a column can have. Meanings are tried in their order, and a column has one. */
export interface ColumnMeaning {
  /** Names of the column, in the form of `plainName`. Two columns with such names are ambiguous. */
  readonly names: readonly string[]
  /** Names that count where no column has one of `names`. Of several, the first counts. */
  readonly lesserNames?: readonly string[]
  readonly kind: 'time' | 'number' | 'text'
}
export type ColumnMeanings = Readonly<Record<string, ColumnMeaning>>

export interface Note {
  /** The field of the profile, such as `decimalMark` or `columns.close`. */
  readonly field: string
  readonly message: string
}

/** How a file would be read, and why. */
export interface Detection {
  readonly profile: FileProfile
  readonly notes: readonly Note[]
  /** Fields of the profile that nothing in the file decides, and that the caller did not set. */
  readonly ambiguous: readonly string[]
  readonly table: Table
}

const sampleRows = 100
const sampleCharacters = 262_144

/** The first rows of text, for each delimiter; undefined if its quotes do not fit. */
const sampleOf = (text: string, delimiter: Delimiter): Row[] | undefined => {
  try {
    return rowsOf(text, delimiter).slice(0, sampleRows)
  } catch (error) {
    if (error instanceof DomainError) return undefined
    throw error
  }
}

const commonWidth = (rows: readonly Row[]): { readonly width: number; readonly share: number } => {
  const counts = new Map<number, number>()
  for (const { cells } of rows) if (cells.length > 1) counts.set(cells.length, (counts.get(cells.length) ?? 0) + 1)
  const [width, count] = [...counts].toSorted(([leftWidth, left], [rightWidth, right]) => right - left || rightWidth - leftWidth)[0] ?? [
    1, 0,
  ]
  return { width, share: rows.length === 0 ? 0 : count / rows.length }
}

/** The delimiter with which most rows have the same number of cells. A comma loses a tie, because it may be a decimal mark. */
const findDelimiter = (text: string): Delimiter => {
  const end = text.length > sampleCharacters ? text.lastIndexOf('\n', sampleCharacters) : text.length
  const sample = text.slice(0, end > 0 ? end : sampleCharacters)
  const order: readonly Delimiter[] = ['\t', '|', ';', ',']
  let best: { readonly delimiter: Delimiter; readonly score: number } = { delimiter: ',', score: 0 }
  for (const delimiter of order) {
    const rows = sampleOf(sample, delimiter)
    if (!rows) continue
    const { share } = commonWidth(rows)
    if (share > best.score + 0.05) best = { delimiter, score: share }
  }
  return best.delimiter
}

const isFigure = (cell: string): boolean => {
  if (!/\d/.test(cell)) return false
  const asDot = readFigure(cell, { decimalMark: '.', thousandsMark: ',' })
  return 'value' in asDot || 'value' in readFigure(cell, { decimalMark: ',', thousandsMark: '.' })
}

const isData = (cell: string): boolean => isFigure(cell) || looksLikeTime(cell)

const knownNames = (meanings: ColumnMeanings): ReadonlySet<string> =>
  new Set(Object.values(meanings).flatMap(({ lesserNames = [], names }) => [...names, ...lesserNames]))

interface Lines {
  readonly titleLines: number
  readonly headerLines: number
}

/** A name without the unit behind it: `amount (eur)` is `amount`. */
const withoutUnit = (name: string): string => name.replace(/\s*\((?:[a-z]{3}|[a-z]{0,2}[$€£¥])\)$/, '')

/** The rows above the data: the one with most known names, else those without figures above the first row of usual width with figures. */
const findHeader = (rows: readonly Row[], meanings: ColumnMeanings): Lines => {
  const names = knownNames(meanings)
  const head = rows.slice(0, 40)
  const hasFigures = ({ cells }: Row) => cells.some(isData)
  let [best, bestCount] = [-1, 0]
  for (const [index, row] of head.entries()) {
    const count = row.cells.filter(cell => names.has(withoutUnit(plainName(cell))) || names.has(plainName(cell))).length
    if (count > bestCount && count * 2 >= Math.min(row.cells.length, 4) && !hasFigures(row)) [best, bestCount] = [index, count]
  }
  const { width } = commonWidth(rows)
  const isName = (row: Row | undefined) =>
    row !== undefined && Math.abs(row.cells.length - width) <= 1 && row.cells.some(cell => cell.trim() !== '') && !hasFigures(row)
  if (best === -1) {
    const first = head.findIndex(row => row.cells.length === width && hasFigures(row))
    if (first < 1 || !isName(head[first - 1])) return { titleLines: Math.max(first, 0), headerLines: 0 }
    best = first - 1
  }
  let end = best + 1
  while (end < best + 3 && isName(head[end]) && head.slice(end).some(hasFigures) && isSecondHeader(head[end]!, head[best]!)) end += 1
  return { titleLines: best, headerLines: end - best }
}

/** A second row of names has words, or only the name of the first column; a row of null words is data. */
const isSecondHeader = ({ cells }: Row, first: Row): boolean =>
  cells.length === first.cells.length &&
  cells.some(cell => cell.trim() !== '' && !usualNulls.includes(cell.trim().toLowerCase())) &&
  cells.filter(cell => usualNulls.includes(cell.trim().toLowerCase()) && cell.trim() !== '').length === 0

const refOf = (place: number, header: readonly string[]): ColumnRef => {
  const name = header[place] ?? ''
  return name === '' ||
    header.findIndex(each => plainName(each) === plainName(name)) !== place ||
    header.filter(each => plainName(each) === plainName(name)).length > 1
    ? place + 1
    : name
}

/** Which columns have which meaning, by their names. Of the rows of names, the lowest with a known one counts. */
const findColumns = ({ header, headerRows, rows }: Table, meanings: ColumnMeanings) => {
  const columns: Record<string, ColumnRef> = {}
  const ambiguous: Note[] = []
  const used = new Set<number>()
  const candidates = header.map((name, place) => [name, ...headerRows.toReversed().map(cells => cells[place] ?? '')].map(plainName))
  // "Valuta" is a date in one language, and a currency in another.
  const canBe = (kind: ColumnMeaning['kind'], place: number): boolean => {
    if (kind !== 'time') return true
    const filled = rows.slice(0, sampleRows).flatMap(({ cells }) => cells[place]?.trim() || [])
    return filled.length === 0 || filled.some(looksLikeTime)
  }
  for (const [meaning, { kind, lesserNames = [], names }] of Object.entries(meanings)) {
    const withNames = (wanted: readonly string[], form = (name: string) => name) =>
      candidates.flatMap((own, place) => (!used.has(place) && own.some(name => name !== '' && wanted.includes(form(name))) ? [place] : []))
    const strong = withNames(names)
    const weak =
      strong.length > 0
        ? []
        : [...lesserNames.flatMap(name => withNames([name])), ...lesserNames.flatMap(name => withNames([name], withoutUnit))].filter(
            place => canBe(kind, place),
          )
    const place = strong[0] ?? weak[0]
    if (place === undefined) continue
    columns[meaning] = refOf(place, header)
    for (const each of strong.length > 0 ? strong : [place]) used.add(each)
    if (strong.length > 1)
      ambiguous.push({
        field: `columns.${meaning}`,
        message: `Two columns can be ${meaning}: ${strong
          .slice(0, 2)
          .map(each => shownCell(header[each] ?? ''))
          .join(' and ')}.`,
      })
  }
  return { columns, ambiguous }
}

/** The cells of columns, row after row. */
function* cellsOf(table: Table, places: readonly number[]): Generator<string> {
  for (const { cells, fault } of table.rows) {
    if (fault !== undefined) continue
    for (const place of places) {
      const cell = cells[place]
      if (cell !== undefined && cell !== '') yield cell
    }
  }
}

/**
 * Finds how a file is to be read. Every field can be set by the caller, and is then not looked for.
 * @param bytes the whole file, or its beginning up to the end of a line
 * @throws DomainError if it is no text, or has no rows
 */
export const detectTable = (bytes: Uint8Array, meanings: ColumnMeanings, change: FileProfileChange = {}, limit?: number): Detection => {
  const { isAmbiguous, note, text, encoding } = decodeFile(bytes, { encoding: change.encoding, limit })
  return detectInText(text, meanings, { ...change, encoding }, [{ field: 'encoding', message: note }], isAmbiguous ? ['encoding'] : [])
}

/** Like `detectTable`, for text that is decoded already. */
export const detectInText = (
  text: string,
  meanings: ColumnMeanings,
  change: FileProfileChange = {},
  known: readonly Note[] = [],
  undecided: readonly string[] = [],
): Detection => {
  const content = text.startsWith('\uFEFF') ? text.slice(1) : text
  if (/^\s*<(?:!doctype html|html)/i.test(content)) throw new DomainError([{ path: 'file', message: 'is a web page, not a table' }])
  const delimiter = change.delimiter ?? findDelimiter(content)
  const rows = rowsOf(content, delimiter)
  if (rows.length === 0) throw new DomainError([{ path: 'file', message: 'is empty' }])
  const lines = findHeader(rows, meanings)
  const shape = {
    titleLines: change.titleLines ?? lines.titleLines,
    headerLines: change.headerLines ?? lines.headerLines,
    footerLines: change.footerLines ?? 0,
  }
  const table = tableOf(rows, shape)
  const notes = [...known]
  const ambiguous = [...undecided]
  const found = findColumns(table, meanings)
  const columns = { ...found.columns, ...change.columns }
  for (const one of found.ambiguous) {
    if (change.columns && one.field.slice('columns.'.length) in change.columns) continue
    notes.push(one)
    ambiguous.push(one.field)
  }
  const width = table.rows.find(({ fault }) => fault === undefined)?.cells.length ?? table.header.length
  const placesOfKind = (kind: ColumnMeaning['kind']) =>
    Object.entries(columns).flatMap(([meaning, ref]) => {
      const place = meanings[meaning]?.kind === kind ? placeOf(ref, table.header, width) : undefined
      return place === undefined ? [] : [place]
    })
  const marks = findMarks(cellsOf(table, placesOfKind('number')), delimiter)
  const order = findDateOrder(cellsOf(table, placesOfKind('time')))
  if (change.decimalMark === undefined && marks.evidence !== undefined) {
    notes.push({
      field: 'decimalMark',
      message: marks.isAmbiguous ? `${shownCell(marks.evidence)} can be read in two ways.` : `${shownCell(marks.evidence)} shows it.`,
    })
    if (marks.isAmbiguous) ambiguous.push('decimalMark')
  }
  if (change.dateOrder === undefined && order.evidence !== undefined) {
    notes.push({
      field: 'dateOrder',
      message: order.isAmbiguous ? `${shownCell(order.evidence)} can be read in two ways.` : `${shownCell(order.evidence)} shows it.`,
    })
    if (order.isAmbiguous) ambiguous.push('dateOrder')
  }
  const decimalMark = change.decimalMark ?? marks.decimalMark
  const thousandsMark =
    change.thousandsMark ??
    (change.decimalMark === undefined || change.decimalMark === marks.decimalMark ? marks.thousandsMark : marks.decimalMark)
  return {
    profile: {
      encoding: change.encoding ?? 'utf-8',
      delimiter,
      ...shape,
      decimalMark,
      thousandsMark,
      dateOrder: change.dateOrder ?? order.dateOrder,
      epochUnit: change.epochUnit ?? null,
      timezone: change.timezone ?? null,
      nulls: change.nulls ?? [...usualNulls],
      scale: change.scale ?? 0,
      columns,
    },
    notes,
    ambiguous,
    table,
  }
}
