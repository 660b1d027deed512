import { Decimal, type Money } from '../../shared/index.ts'
import { taxCategories, type TaxCategory } from '../tax-categories.ts'
import { type Figure, figureOf, inCents } from './figures.ts'
import {
  accountIndex,
  countedRows,
  dividendRows,
  grossOf,
  isInterest,
  isSheltered,
  type TaxAccount,
  type TaxLedgerRow,
} from './tax-ledger.ts'

/** A transaction that a tax report counts. */
export interface CategoryLine {
  readonly transactionId: string
  readonly accountId: string
  readonly date: string
  readonly category: TaxCategory
  readonly symbol: string | null
  readonly description: string
  readonly amount: Money
}

export interface CategoryFigure extends Figure {
  readonly category: TaxCategory
  readonly currency: string
  /** Whether it is of accounts of which the income is not taxed in the year. */
  readonly isSheltered: boolean
}

export interface CategoryReport {
  readonly year: number
  readonly categories: readonly CategoryFigure[]
  /** By date. */
  readonly transactions: readonly CategoryLine[]
}

/** In an account that is taxed each year, money that comes in or goes out is no contribution or distribution, but a transfer. */
const ofSheltered: ReadonlySet<TaxCategory> = new Set(['contribution', 'distribution'])

/** The amount with which a transaction counts: income before withheld taxes, distributions above zero. */
const amountOf = (row: TaxLedgerRow, category: TaxCategory): Money => {
  if (ofSheltered.has(category)) return inCents(new Decimal(row.amount).abs())
  return category === 'capital_gain' ? inCents(new Decimal(row.amount)) : grossOf(row)
}

/**
 * What the ledger has for the taxes of a year, by category and currency, each figure with its transactions. Pending and reversed transactions
 * count for nothing. Transfers are left out: between accounts that are not taxed each year, and money put into or taken out of others.
 * Sales are in it with their proceeds, not their gains, and the closing of short sales with its cost below zero. Interest that was paid is left out.
 * @param rows at least those of the year; others are left out
 */
export const categoryReport = (accounts: readonly TaxAccount[], rows: readonly TaxLedgerRow[], year: number): CategoryReport => {
  const accountOf = accountIndex(accounts)
  const counted = countedRows(rows)
  const dividends = new Set(dividendRows(counted))
  const categoryOf = (row: TaxLedgerRow): TaxCategory | null => {
    const account = accountOf(row.accountId)
    if (row.type === 'dividend' || row.type === 'reinvestment') return dividends.has(row) ? row.taxCategory : null
    const category = row.taxCategory ?? (isInterest(row, account) ? 'interest' : null)
    if (category === 'interest' && new Decimal(row.amount).isNegative()) return null
    if (category === null || !ofSheltered.has(category)) return category
    const other = accounts.find(({ id }) => id === row.otherAccountId)
    return isSheltered(account) && !(other !== undefined && isSheltered(other)) ? category : null
  }
  const transactions = counted
    .filter(({ date }) => Number(date.slice(0, 4)) === year)
    .flatMap((row): CategoryLine[] => {
      const category = categoryOf(row)
      if (category === null) return []
      const { accountId, date, description, symbol, transactionId } = row
      return [{ transactionId, accountId, date, category, symbol, description, amount: amountOf(row, category) }]
    })
    .toSorted((left, right) => left.date.localeCompare(right.date) || left.transactionId.localeCompare(right.transactionId))
  const groups = Map.groupBy(transactions, ({ accountId, category }) => {
    const account = accountOf(accountId)
    return JSON.stringify([isSheltered(account), account.currency, taxCategories.indexOf(category)])
  })
  return {
    year,
    categories: [...groups]
      .map(([key, lines]): CategoryFigure => {
        const [sheltered, currency] = JSON.parse(key) as [boolean, string]
        return { category: lines[0]!.category, currency, isSheltered: sheltered, ...figureOf(lines) }
      })
      .toSorted(
        (left, right) =>
          Number(left.isSheltered) - Number(right.isSheltered) ||
          left.currency.localeCompare(right.currency) ||
          taxCategories.indexOf(left.category) - taxCategories.indexOf(right.category),
      ),
    transactions,
  }
}
