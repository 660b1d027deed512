import { csvCell } from '../files/index.ts'
import type { DataTable } from './document.ts'

/** A table as CSV (RFC 4180), in which no spreadsheet finds a formula. */
export const tableCsv = ({ columns, rows }: DataTable): string => {
  const lines = [
    columns.map(({ name }) => csvCell(name)),
    ...rows.map(row => row.map((cell, place) => csvCell(cell, columns[place]!.isNumber))),
  ]
  return lines.map(cells => `${cells.join(',')}\r\n`).join('')
}
