import { type SQL, sql } from 'drizzle-orm'
import { dateOfEpochDay } from '../../../domain/shared/index.ts'
import { dollarsOf, type LotProblem, type LotResult, textOfUnits } from '../../../domain/wealth/index.ts'
import type { Transaction } from '../../database.ts'
import { arrayText } from '../array-text.ts'

type Value = string | number | boolean | null

/** A derived table: its columns with their types, of which the first ones are the key. */
interface DerivedTable {
  readonly name: string
  readonly columns: readonly (readonly [name: string, type: string])[]
  readonly keyLength: number
}

const taxLots: DerivedTable = {
  name: 'wealth.tax_lots',
  columns: [
    ['opening_id', 'uuid'],
    ['position', 'integer'],
    ['account_id', 'uuid'],
    ['symbol', 'text'],
    ['origin', 'text'],
    ['acquired_on', 'date'],
    ['holding_from', 'date'],
    ['long_term_on', 'date'],
    ['quantity', 'numeric'],
    ['cost_basis', 'numeric'],
    ['wash_adjustment', 'numeric'],
    ['loss_basis', 'numeric'],
  ],
  keyLength: 2,
}

const lotClosings: DerivedTable = {
  name: 'wealth.lot_closings',
  columns: [
    ['transaction_id', 'uuid'],
    ['position', 'integer'],
    ['account_id', 'uuid'],
    ['symbol', 'text'],
    ['kind', 'text'],
    ['opening_id', 'uuid'],
    ['origin', 'text'],
    ['quantity', 'numeric'],
    ['acquired_on', 'date'],
    ['holding_from', 'date'],
    ['closed_on', 'date'],
    ['term', 'text'],
    ['proceeds', 'numeric'],
    ['cost_basis', 'numeric'],
    ['disallowed_loss', 'numeric'],
  ],
  keyLength: 2,
}

const washSaleRows: DerivedTable = {
  name: 'wealth.wash_sales',
  columns: [
    ['transaction_id', 'uuid'],
    ['closing_position', 'integer'],
    ['position', 'integer'],
    ['replacement_id', 'uuid'],
    ['account_id', 'uuid'],
    ['symbol', 'text'],
    ['replaced_on', 'date'],
    ['quantity', 'numeric'],
    ['disallowed_loss', 'numeric'],
    ['is_lost', 'boolean'],
  ],
  keyLength: 3,
}

const lotProblems: DerivedTable = {
  name: 'wealth.lot_problems',
  columns: [
    ['transaction_id', 'uuid'],
    ['kind', 'text'],
    ['account_id', 'uuid'],
    ['symbol', 'text'],
    ['quantity', 'numeric'],
  ],
  keyLength: 2,
}

/** New rows of a derived table as text, column by column. */
class NewRows {
  readonly table: DerivedTable
  readonly columns: (string | null)[][]

  constructor(table: DerivedTable) {
    this.table = table
    this.columns = table.columns.map(() => [])
  }

  add(row: readonly Value[]): void {
    for (let column = 0; column < row.length; column += 1) {
      const value = row[column]!
      this.columns[column]!.push(value === null ? null : String(value))
    }
  }
}

/**
 * Makes the rows of a table those that were calculated. Rows that stay the same are not written, so that a small change of the ledger is a small
 * change of its lots.
 * @param of which rows the new ones replace
 */
const replaceRows = async (transaction: Transaction, { columns, table }: NewRows, householdId: string, of: SQL): Promise<void> => {
  const arrays = table.columns.map(([, type], index) => sql`${arrayText(columns[index]!)}::${sql.raw(type)}[]`)
  const names = table.columns.map(([name]) => name)
  const list = (parts: readonly string[], prefix = ''): SQL => sql.raw(parts.map(name => `${prefix}${name}`).join(', '))
  const [keys, rest] = [names.slice(0, table.keyLength), names.slice(table.keyLength)]
  const target = sql.raw(table.name)
  await transaction.execute(sql`
    with fresh as materialized (select * from unnest(${sql.join(arrays, sql`, `)}) as f (${list(names)})),
      gone as (
        delete from ${target} o where o.household_id = ${householdId}::uuid and ${of}
          and (${list(keys, 'o.')}) not in (select ${list(keys)} from fresh))
    insert into ${target} as o (household_id, ${list(names)}) select ${householdId}::uuid, ${list(names)} from fresh
    on conflict (${list(keys)}) do update set (${list(rest)}) = row(${list(rest, 'excluded.')})
      where (${list(rest, 'o.')}) is distinct from (${list(rest, 'excluded.')})`)
}

const dateText = (day: number | null): string | null => (day === null ? null : dateOfEpochDay(day))
const moneyText = (cents: number | null): string | null => (cents === null ? null : dollarsOf(cents))

/** Numbers rows from 0 among those with the same key. */
const positions = <Row>(rows: readonly Row[], keyOf: (row: Row) => string | number): number[] => {
  const counts = new Map<string | number, number>()
  return rows.map(row => {
    const key = keyOf(row)
    const position = counts.get(key) ?? 0
    counts.set(key, position + 1)
    return position
  })
}

/** Problems of one kind of a transaction as one, with the sum of their shares. */
const mergedProblems = (problems: readonly LotProblem[]): LotProblem[] => {
  const merged = new Map<string, LotProblem>()
  for (const problem of problems) {
    const key = `${problem.transactionId} ${problem.kind}`
    const known = merged.get(key)
    merged.set(key, known ? { ...known, quantity: known.quantity + problem.quantity } : problem)
  }
  return [...merged.values()]
}

/**
 * Stores the lots of some securities of a household in place of those that were stored, and changes nothing where they are the same.
 * @param results of families of securities, one after the other: none of them stays in memory
 */
export const storeLots = async (
  transaction: Transaction,
  householdId: string,
  symbols: readonly string[],
  results: Iterable<LotResult>,
): Promise<void> => {
  const lotRows = new NewRows(taxLots)
  const closingRows = new NewRows(lotClosings)
  const saleRows = new NewRows(washSaleRows)
  const problemRows = new NewRows(lotProblems)
  for (const { closings, lots, problems, washSales } of results) {
    const lotPositions = positions(lots, ({ openedBy }) => openedBy)
    const closingPositions = positions(closings, ({ transactionId }) => transactionId)
    const salePositions = positions(washSales, ({ closing }) => closing)
    for (const [index, lot] of lots.entries())
      lotRows.add([
        lot.openedBy,
        lotPositions[index]!,
        lot.accountId,
        lot.symbol,
        lot.origin,
        dateText(lot.openedDay),
        dateText(lot.holdingDay),
        dateText(lot.longTermDay),
        textOfUnits(lot.quantity),
        moneyText(lot.basisCents),
        dollarsOf(lot.washCents),
        moneyText(lot.lossBasisCents),
      ])
    for (const [index, closing] of closings.entries())
      closingRows.add([
        closing.transactionId,
        closingPositions[index]!,
        closing.accountId,
        closing.symbol,
        closing.kind,
        closing.openedBy,
        closing.origin,
        textOfUnits(closing.quantity),
        dateText(closing.openedDay),
        dateText(closing.holdingDay),
        dateText(closing.closedDay),
        closing.term,
        moneyText(closing.proceedsCents),
        moneyText(closing.basisCents),
        dollarsOf(closing.disallowedCents),
      ])
    for (const [index, sale] of washSales.entries())
      saleRows.add([
        closings[sale.closing]!.transactionId,
        closingPositions[sale.closing]!,
        salePositions[index]!,
        sale.replacedBy,
        sale.accountId,
        sale.symbol,
        dateText(sale.replacementDay),
        textOfUnits(sale.quantity),
        dollarsOf(sale.disallowedCents),
        sale.isLost,
      ])
    for (const { accountId, kind, quantity, symbol, transactionId } of mergedProblems(problems))
      problemRows.add([transactionId, kind, accountId, symbol, textOfUnits(quantity)])
  }
  // Where the statistics of the table are old, PostgreSQL does not look a list up in the index, and reads all rows of the household.
  const ofSymbols = symbols.length === 1 ? sql`o.symbol = ${symbols[0]}` : sql`o.symbol = any (${arrayText(symbols)}::text[])`
  for (const rows of [lotRows, closingRows, saleRows, problemRows]) await replaceRows(transaction, rows, householdId, ofSymbols)
}
