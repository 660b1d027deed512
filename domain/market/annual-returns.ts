import { CsvError, parse } from 'csv-parse/sync'
import { contentHash, DomainError, type Issue } from '../shared/index.ts'

/** Total returns (or inflation) by calendar year, as fractions: 0.05 is five percent. */
export interface AnnualReturns {
  /** Ascending, without a gap. */
  readonly years: readonly number[]
  /** In the file's order; `values[i]` belongs to `years[i]`. */
  readonly series: readonly { readonly name: string; readonly values: readonly number[] }[]
}

const earliestYear = 1600
const latestYear = 2200

/** No asset class ever returned more in a year, and no plan assumes such inflation: a greater value is probably a percentage. */
const implausibleFraction = 5

/** Decimals kept of a value, as in market.annual_returns: more than any source provides. */
const decimals = 14

interface Line {
  readonly line: number
  readonly cells: readonly string[]
}

type Report = (line: number, message: string, column?: string) => void

/** Lines are counted from 1, as an editor does. */
const issueAt = (line: number, message: string, column?: string): Issue => ({
  path: column === undefined || column === '' ? `line ${line}` : `line ${line}, ${column}`,
  message,
})

const readLines = (text: string): Line[] => {
  const lines: Line[] = []
  const keep = (cells: string[], { lines: line }: { lines: number }) => {
    lines.push({ line, cells })
    return null
  }
  try {
    parse(text, { bom: true, trim: true, skip_empty_lines: true, relax_column_count: true, on_record: keep })
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    throw new DomainError([issueAt(Number(error['lines']), error.message)], { cause: error })
  }
  return lines
}

const checkHeader = ({ line, cells: [first = '', ...names] }: Line, report: Report): void => {
  if (first.toLowerCase() !== 'year') report(line, `the first column must be "year", not "${first}"`)
  if (names.length === 0) report(line, 'there must be at least one series after the years')
  for (const [index, name] of names.entries()) {
    if (!/^[a-z][a-z0-9_]{0,62}$/.test(name))
      report(line, `"${name}" is not a valid series name: use lower case letters, digits and underscores`)
    else if (names.indexOf(name) < index) report(line, `the series "${name}" is given twice`)
  }
}

const readYear = (text: string): number | string => {
  const year = Number(text)
  if (!/^\d{4}$/.test(text)) return `"${text}" is not a year`
  return year >= earliestYear && year <= latestYear ? year : `${year} is not between ${earliestYear} and ${latestYear}`
}

/** The value as a fraction, or a message with its fault. */
const readValue = (text: string): number | string => {
  if (text === '') return 'is empty'
  if (text.endsWith('%')) return `"${text}" is percent; write a fraction: 5 % is 0.05`
  if (!/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text)) return `"${text}" is not a number`
  const value = Number(text)
  if (Math.abs(value) > implausibleFraction) return `${text} looks like percent; write a fraction: 5 % is 0.05`
  const kept = Number(value.toFixed(decimals))
  // Adding zero turns a negative zero into zero.
  return kept > -1 ? kept + 0 : `${text} is a total loss or more: a return must be above -1`
}

interface Row {
  readonly line: number
  readonly year: number
  readonly values: readonly number[]
}

/** Reports the faults of a row. If its year can be read, the row still counts for that year. */
const readRow = ({ line, cells: [first = '', ...cells] }: Line, [, ...names]: readonly string[], report: Report): Row[] => {
  const year = readYear(first)
  if (typeof year === 'string') report(line, year, 'year')
  const isWhole = cells.length === names.length
  if (!isWhole) report(line, `has ${cells.length + 1} values where the header has ${names.length + 1} columns`)
  const values = (isWhole ? cells : []).map((cell, index) => {
    const value = readValue(cell)
    if (typeof value === 'string') report(line, value, names[index])
    return Number(value)
  })
  return typeof year === 'number' ? [{ line, year, values }] : []
}

const checkYears = (rows: readonly Row[], report: Report): void => {
  for (const [index, { line, year }] of rows.entries()) {
    const previous = rows[index - 1]
    if (!previous) continue
    if (year === previous.year) report(line, `${year} is already on line ${previous.line}`, 'year')
    const missing = year - previous.year - 1
    if (missing > 0) report(line, missing === 1 ? `${year - 1} is missing` : `${previous.year + 1} to ${year - 1} are missing`, 'year')
  }
}

/**
 * Reads annual returns from CSV: a first column `year`, then one column of fractions per series, in any order of years. A byte order
 * mark, both kinds of line end and blank lines are accepted.
 * @throws DomainError with every fault of the file, by line.
 */
export const parseAnnualReturns = (text: string): AnnualReturns => {
  const [header, ...lines] = readLines(text)
  if (!header) throw new DomainError([issueAt(1, 'the file is empty')])
  const faults: { readonly line: number; readonly issue: Issue }[] = []
  const report: Report = (line, message, column) => faults.push({ line, issue: issueAt(line, message, column) })
  checkHeader(header, report)
  if (lines.length === 0) report(header.line, 'there are no years below the header')
  const rows = lines.flatMap(line => readRow(line, header.cells, report)).toSorted((a, b) => a.year - b.year || a.line - b.line)
  checkYears(rows, report)
  if (faults.length > 0) throw new DomainError(faults.toSorted((a, b) => a.line - b.line).map(({ issue }) => issue))
  return {
    years: rows.map(row => row.year),
    series: header.cells.slice(1).map((name, index) => ({ name, values: rows.map(row => row.values[index] ?? Number.NaN) })),
  }
}

/** Hash of the figures. The order of columns and rows and the format of numbers do not change it. */
export const hashAnnualReturns = ({ years, series }: AnnualReturns): string =>
  contentHash({ years, series: Object.fromEntries(series.map(({ name, values }) => [name, values])) })
