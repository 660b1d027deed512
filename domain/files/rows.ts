import { pipeline } from 'node:stream'
import { CsvError, type Options, type Parser, parse as streamParser } from 'csv-parse'
import { parse } from 'csv-parse/sync'
import { DomainError } from '../shared/index.ts'

export const delimiters = [',', ';', '\t', '|'] as const
export type Delimiter = (typeof delimiters)[number]

/** A row of a file that is not blank. */
export interface Row {
  /** The line on which it begins, counted from 1. */
  readonly line: number
  readonly cells: readonly string[]
}

/** Maximum number of characters of a row: what is longer has a quote that is not closed. */
const longestRow = 1_048_576

const isBlank = (cells: readonly string[]): boolean => cells.length === 1 && cells[0]!.trim() === ''

const lineError = (line: number, message: string, cause?: unknown) => new DomainError([{ path: `line ${line}`, message }], { cause })

const newlinesIn = (cells: readonly string[]): number => {
  let count = 0
  for (const cell of cells) if (/[\r\n]/.test(cell)) count += cell.split(/\r\n|\r|\n/).length - 1
  return count
}

const optionsOf = (delimiter: Delimiter, onRow: (row: Row) => Row | null, before: number): Options => ({
  delimiter,
  record_delimiter: ['\r\n', '\n', '\r'],
  relax_column_count: true,
  relax_quotes: true,
  skip_empty_lines: true,
  max_record_size: longestRow,
  // The library passes any value on; its types do not say so.
  on_record: (cells: string[], { lines }) =>
    isBlank(cells) ? null : (onRow({ line: before + lines - newlinesIn(cells), cells }) as unknown as string[]),
})

const csvFault = (error: unknown, lastLine: number): unknown => {
  if (!(error instanceof CsvError)) return error
  const message =
    error.code === 'CSV_MAX_RECORD_SIZE' || error.code === 'CSV_QUOTE_NOT_CLOSED' ? 'has a quote that is not closed' : error.message
  return lineError(lastLine + 1, message, error)
}

/** Rows of text without quotes, which needs no full parser. */
function* plainRows(lines: readonly string[], delimiter: Delimiter, before: number): Generator<Row> {
  for (const [index, text] of lines.entries()) {
    if (text.length > longestRow) throw lineError(before + index + 1, `has more than ${longestRow} characters`)
    if (text.trim() !== '') yield { line: before + index + 1, cells: text.split(delimiter) }
  }
}

/**
 * The rows of text. Lines end with LF, CRLF or CR. Quotes are those of RFC 4180; a quote within a cell without quotes is part of its text.
 * @throws DomainError if a quote is not closed
 */
export const rowsOf = (text: string, delimiter: Delimiter): Row[] => {
  if (!text.includes('"')) return [...plainRows(text.includes('\r') ? text.split(/\r\n|\r|\n/) : text.split('\n'), delimiter, 0)]
  const rows: Row[] = []
  try {
    parse(
      text,
      optionsOf(delimiter, row => (rows.push(row), null), 0),
    )
  } catch (error) {
    throw csvFault(error, rows.at(-1)?.line ?? 0)
  }
  return rows
}

async function* quotedRows(texts: AsyncIterable<string>, delimiter: Delimiter, before: number): AsyncGenerator<Row> {
  let last = before
  const parser: Parser = streamParser(optionsOf(delimiter, row => row, before))
  // A fault of the source ends the parser with the same error.
  pipeline(texts, parser, () => undefined)
  try {
    for await (const row of parser as AsyncIterable<Row>) {
      last = row.line
      yield row
    }
  } catch (error) {
    throw csvFault(error, last)
  }
}

async function* following(first: string, rest: AsyncIterator<string>): AsyncGenerator<string> {
  yield first
  for (let next = await rest.next(); next.done !== true; next = await rest.next()) yield next.value
}

/**
 * The rows of text that comes in pieces. The memory that it takes does not grow with the text.
 * @throws DomainError if a quote is not closed
 */
export async function* streamRows(texts: AsyncIterable<string>, delimiter: Delimiter): AsyncGenerator<Row> {
  const iterator = texts[Symbol.asyncIterator]()
  let [rest, line] = ['', 0]
  for (let next = await iterator.next(); next.done !== true; next = await iterator.next()) {
    rest += next.value
    // From the first quote on, only the full parser knows where a row ends.
    if (next.value.includes('"')) {
      yield* quotedRows(following(rest, iterator), delimiter, line)
      return
    }
    // A CR at the end may be half of a CRLF.
    const lines = rest.split(/\r\n|\r(?=[^])|\n/)
    rest = lines.pop()!
    yield* plainRows(lines, delimiter, line)
    line += lines.length
    if (rest.length > longestRow) throw lineError(line + 1, `has more than ${longestRow} characters`)
  }
  yield* plainRows([rest.replace(/\r$/, '')], delimiter, line)
}
