import { CsvError, parse } from 'csv-parse/sync'
import { DomainError } from '../../shared/index.ts'

export interface Line {
  readonly number: number
  readonly cells: readonly string[]
}

/** The lines of CSV that are not empty. Only text with quotes needs a full parser of RFC 4180. @throws DomainError if quotes are not closed */
export const linesOf = (text: string): Line[] => {
  const content = text.startsWith('\uFEFF') ? text.slice(1) : text
  const lines: Line[] = []
  if (!content.includes('"')) {
    for (const [index, line] of content.split('\n').entries()) {
      const bare = line.endsWith('\r') ? line.slice(0, -1) : line
      if (bare.trim() !== '') lines.push({ number: index + 1, cells: bare.split(',') })
    }
    return lines
  }
  const keep = (cells: string[], { lines: number }: { lines: number }) => {
    lines.push({ number, cells })
    return null
  }
  try {
    parse(content, { skip_empty_lines: true, relax_column_count: true, on_record: keep })
    return lines
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    throw new DomainError([{ path: `body.lines.${String(error['lines'])}`, message: `is not valid CSV: ${error.message}` }], {
      cause: error,
    })
  }
}

/** A message if two columns of a header have the same meaning; undefined if there are none. */
export const describeAmbiguousColumn = (header: readonly string[], meanings: readonly (string | undefined)[]): string | undefined => {
  const second = meanings.findIndex((meaning, index) => meaning !== undefined && meanings.indexOf(meaning) < index)
  if (second === -1) return undefined
  const names = [header[meanings.indexOf(meanings[second])], header[second]].map(name => `"${(name ?? '').trim().slice(0, 40)}"`)
  return `has two columns for ${meanings[second]}: ${names.join(' and ')}`
}
