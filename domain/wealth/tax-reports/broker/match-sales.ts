import { Decimal, daysBetween, sumMoney } from '../../../shared/index.ts'
import type { RealisedRow } from '../realised-row.ts'
import type { BrokerSale } from './read-broker-form.ts'

/** Lines of the broker and rows of the ledger that are the same sale. One side has one, the other one or more. */
export interface Match {
  readonly broker: readonly BrokerSale[]
  readonly ours: readonly RealisedRow[]
}

export interface Matching {
  readonly matches: readonly Match[]
  readonly onlyBroker: readonly BrokerSale[]
  readonly onlyHere: readonly RealisedRow[]
}

const plain = (text: string): string =>
  text
    .toUpperCase()
    .replaceAll(/[^A-Z0-9]+/g, ' ')
    .trim()

/** Whether the text of a sale without a symbol names the security of a row. */
const isNamed = (sale: BrokerSale, row: RealisedRow): boolean => {
  const given = ` ${plain(sale.description ?? '')} `
  const name = plain(row.description)
  return given.includes(` ${plain(row.symbol)} `) || (name !== '' && given.includes(` ${name} `))
}

const isSameNumber = (left: string | null, right: string | null): boolean =>
  left !== null && right !== null && new Decimal(left).equals(right)

/** How far apart the day of the trade and the day of the settlement can be. */
const settlementDays = 5

type Test = (sale: BrokerSale, row: RealisedRow) => boolean
const sold: Test = (sale, row) => sale.soldOn === row.soldOn
const quantity: Test = (sale, row) => isSameNumber(sale.quantity, row.quantity)
const acquired: Test = (sale, row) => sale.acquiredOn === row.acquiredOn
const proceeds: Test = (sale, row) => isSameNumber(sale.proceeds, row.proceeds)
const basis: Test = (sale, row) => isSameNumber(sale.basis, row.basis)

/** From the closest likeness to the widest. */
const passes: readonly (readonly Test[])[] = [
  [sold, quantity, acquired, proceeds, basis],
  [sold, quantity, acquired, proceeds],
  [sold, quantity, acquired],
  [sold, quantity, proceeds],
  [sold, quantity],
  [(sale, row) => Math.abs(daysBetween(row.soldOn, sale.soldOn)) <= settlementDays, quantity, acquired],
  [(sale, row) => Math.abs(daysBetween(row.soldOn, sale.soldOn)) <= settlementDays, quantity, proceeds],
  [sold, proceeds],
]

const total = (items: readonly { readonly quantity: string }[]): string => sumMoney(items.map(item => new Decimal(item.quantity))).toFixed()

/** Finds the lines of the broker and the rows of the ledger that are the same sale. Each is in one match at most. */
export const matchSales = (sales: readonly BrokerSale[], rows: readonly RealisedRow[]): Matching => {
  const [openSales, openRows] = [new Set(sales), new Set(rows)]
  const bySymbol = Map.groupBy(rows, ({ symbol }) => plain(symbol))
  /** The open rows of the security of a sale. */
  const rowsOf = (sale: BrokerSale): RealisedRow[] => {
    const all = sale.symbol === null ? [...openRows].filter(row => isNamed(sale, row)) : (bySymbol.get(plain(sale.symbol)) ?? [])
    return all.filter(row => openRows.has(row))
  }
  const matches: Match[] = []
  const take = (broker: readonly BrokerSale[], ours: readonly RealisedRow[]): void => {
    matches.push({ broker, ours })
    for (const sale of broker) openSales.delete(sale)
    for (const row of ours) openRows.delete(row)
  }
  for (const tests of passes)
    for (const sale of openSales) {
      const row = rowsOf(sale).find(each => tests.every(test => test(sale, each)))
      if (row !== undefined) take([sale], [row])
    }
  // A wash sale divides a lot on one side, or the broker sums lots in one line.
  for (const sale of openSales) {
    const parts = rowsOf(sale).filter(row => sold(sale, row))
    const ofLot = parts.filter(row => acquired(sale, row))
    const found = [ofLot, parts].find(each => each.length > 1 && isSameNumber(total(each), sale.quantity))
    if (found !== undefined) take([sale], found)
  }
  for (const row of openRows) {
    const parts = [...openSales].filter(sale => sold(sale, row) && rowsOf(sale).includes(row))
    const ofLot = parts.filter(sale => acquired(sale, row))
    const found = [ofLot, parts].find(each => each.length > 1 && isSameNumber(total(each), row.quantity))
    if (found !== undefined) take(found, [row])
  }
  return { matches, onlyBroker: [...openSales], onlyHere: [...openRows] }
}
