import { type ColumnRef, dateOrders, type Detection, placeOf, readFigure, readWrittenTime } from '../../../files/index.ts'

/** A column that its content suggests. */
export interface Guess {
  readonly meaning: 'date' | 'amount' | 'description'
  readonly ref: ColumnRef
}

const sampleRows = 200
const share = 0.9

const isDate = (cell: string): boolean =>
  /\d/.test(cell) && dateOrders.some(dateOrder => !('fault' in readWrittenTime(cell, { dateOrder })))

/** A number that looks like money: with one or two decimals, and no year or count. */
const isAmount = (cell: string): boolean => {
  if (!/\d[.,]\d{1,2}\D*$/.test(cell)) return false
  const readings = [
    { decimalMark: '.', thousandsMark: ',' },
    { decimalMark: ',', thousandsMark: '.' },
  ] as const
  return readings.some(marks => 'value' in readFigure(cell, marks))
}

/**
 * Columns for what no header names: the first column of dates, the only column of amounts, the column with the longest texts. A second
 * column of amounts may be a balance, so that then nothing is suggested.
 */
export const guessColumns = ({ profile, table }: Detection): Guess[] => {
  const { header } = table
  const rows = table.rows.slice(0, sampleRows).filter(({ fault }) => fault === undefined)
  const width = header.length > 0 ? header.length : (rows[0]?.cells.length ?? 0)
  const used = new Set(Object.values(profile.columns).map(ref => placeOf(ref, header, width)))
  const free = Array.from({ length: width }, (_, place) => place).filter(place => !used.has(place))
  const cellsAt = (place: number) => rows.map(({ cells }) => cells[place]?.trim() ?? '').filter(cell => cell !== '')
  const fits = (place: number, test: (cell: string) => boolean): boolean => {
    const cells = cellsAt(place)
    return cells.length > 0 && cells.filter(test).length >= cells.length * share
  }
  const dates = free.filter(place => fits(place, isDate))
  const amounts = free.filter(place => !dates.includes(place) && fits(place, isAmount))
  const texts = free
    .filter(place => !dates.includes(place) && !amounts.includes(place))
    .map(place => ({ place, length: cellsAt(place).reduce((sum, cell) => sum + cell.replaceAll(/[^\p{L}]/gu, '').length, 0) }))
    .filter(({ length }) => length > 0)
    .toSorted((a, b) => b.length - a.length)
  const found = {
    date: 'date' in profile.columns ? undefined : dates[0],
    amount: ['amount', 'moneyIn', 'moneyOut'].some(name => name in profile.columns) || amounts.length !== 1 ? undefined : amounts[0],
    description: ['description', 'merchantName', 'notes', 'symbol', 'securityId'].some(name => name in profile.columns)
      ? undefined
      : texts[0]?.place,
  }
  return (['date', 'amount', 'description'] as const).flatMap(meaning =>
    found[meaning] === undefined ? [] : [{ meaning, ref: found[meaning] + 1 }],
  )
}
