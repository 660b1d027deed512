import { type CalendarDate, daysBetween, Decimal, type Money } from '../../shared/index.ts'
import type { AccountType, TaxType } from '../account-types.ts'
import type { TaxCategory } from '../tax-categories.ts'
import type { TransactionType } from '../transaction-types.ts'
import { inCents } from './figures.ts'

/** An account, as tax reports need it. */
export interface TaxAccount {
  readonly id: string
  readonly name: string
  readonly type: AccountType
  readonly taxType: TaxType | null
  readonly institutionName: string | null
  readonly currency: string
}

/** A transaction, as tax reports need it. Amounts and quantities are decimal text. */
export interface TaxLedgerRow {
  readonly transactionId: string
  readonly accountId: string
  readonly type: TransactionType
  readonly date: CalendarDate
  /** Positive: money in. After charges and withheld taxes. */
  readonly amount: Money
  readonly description: string
  readonly symbol: string | null
  readonly quantity: string | null
  readonly price: string | null
  /** Worth of units that were bought without money. */
  readonly value: Money | null
  /** Sum of commissions, fees and taxes, without those that were withheld. */
  readonly charges: Money
  readonly taxWithheld: Money
  readonly stateTaxWithheld: Money
  readonly isQualified: boolean | null
  readonly taxCategory: TaxCategory | null
  /** Of a contribution: the year for which it counts. */
  readonly taxYear: number | null
  /** ISO 3166-1 alpha-2 of the security's country, where the market data has it. */
  readonly country: string | null
  readonly isPending: boolean
  /** Whether it cancels another transaction, or another one cancels it. */
  readonly isReversed: boolean
  /** The other account of a confirmed transfer, or one that a person or a rule has named. */
  readonly otherAccountId: string | null
}

const sheltered: ReadonlySet<TaxType> = new Set([
  '401k',
  '403b',
  '457b',
  'traditional_ira',
  'rollover_ira',
  'roth_ira',
  'sep_ira',
  'simple_ira',
  '529',
  'hsa',
])

/** Whether the income of an account is not taxed in the year in which it is received: retirement, health and education accounts. */
export const isSheltered = ({ taxType, type }: TaxAccount): boolean => (taxType === null ? type === 'retirement' : sheltered.has(taxType))

/** Accounts by their ids. @throws RangeError for a row of an account that is not given */
export const accountIndex = (accounts: readonly TaxAccount[]) => {
  const byId = new Map(accounts.map(account => [account.id, account]))
  return (id: string): TaxAccount => {
    const account = byId.get(id)
    if (account === undefined) throw new RangeError(`No account has the id ${id}`)
    return account
  }
}

/** Rows that count: posted ones that no reversal has cancelled. */
export const countedRows = (rows: readonly TaxLedgerRow[]): TaxLedgerRow[] =>
  rows.filter(({ isPending, isReversed }) => !isPending && !isReversed)

/** Income before charges and withheld taxes, as payers report it. Of a reinvestment, what was reinvested. */
export const grossOf = (row: TaxLedgerRow): Money => {
  const withheld = new Decimal(row.charges).plus(row.taxWithheld).plus(row.stateTaxWithheld)
  if (row.type !== 'reinvestment') return inCents(new Decimal(row.amount).plus(withheld))
  const paid = new Decimal(row.amount)
  if (!paid.isZero()) return inCents(paid.abs())
  return inCents(new Decimal(row.value ?? new Decimal(row.quantity ?? 0).times(row.price ?? 0)))
}

/** How many days apart a dividend and the reinvestment that it pays can be. */
const paidWithinDays = 7

/**
 * Dividends and reinvestments, without the reinvestments that a dividend of its own has paid: the same account, symbol and amount within seven
 * days. So no dividend counts twice, whether the institution books one transaction or two.
 */
export const dividendRows = (rows: readonly TaxLedgerRow[]): TaxLedgerRow[] => {
  const dividends = rows.filter(({ type }) => type === 'dividend')
  const open = new Set(dividends)
  const isPaid = (row: TaxLedgerRow): boolean => {
    const payer = dividends.find(
      each =>
        open.has(each) &&
        each.accountId === row.accountId &&
        each.symbol === row.symbol &&
        Math.abs(daysBetween(each.date, row.date)) <= paidWithinDays &&
        [each.amount, grossOf(each)].some(amount => new Decimal(amount).equals(grossOf(row))),
    )
    if (payer === undefined) return false
    open.delete(payer)
    return true
  }
  const unpaid = new Set(rows.filter(row => row.type === 'reinvestment' && !isPaid(row)))
  return rows.filter(row => row.type === 'dividend' || unpaid.has(row))
}

/** Long-term gains that a fund distributes. Its short-term gains are ordinary dividends: Publication 550, chapter 1, "Capital Gain Distributions". */
const longTermGains = /\b(?:long[- ]?term|lt|l\/t)\b.{0,20}\bcap(?:ital|\.)?\b|\bcap(?:ital|\.)? gains? dist|\bcglong\b/i
const shortTermGains = /\b(?:short[- ]?term|st|s\/t)\b.{0,20}\bcap(?:ital|\.)?\b/i

/** Whether the text of a dividend says that it distributes long-term gains of a fund. The ledger has no type for it. */
export const isGainDistribution = ({ description }: TaxLedgerRow): boolean =>
  longTermGains.test(description) && !shortTermGains.test(description)

const interestWords = /\binterest\b|\bint(?:rst)? (?:paid|pymt|pmt|earned|credit)\b/i
const notInterest = /\bcharge|\brefund|\brate\b|\bloan\b/i

/** Whether a row is interest: by its type, or of a bank account by its text. */
export const isInterest = (row: TaxLedgerRow, { type }: TaxAccount): boolean =>
  row.type === 'interest' ||
  (row.type === 'cash' &&
    (type === 'checking' || type === 'savings') &&
    new Decimal(row.amount).isPositive() &&
    interestWords.test(row.description) &&
    !notInterest.test(row.description))

/** A transaction that a figure of a report names. */
export interface ReportLine {
  readonly transactionId: string
  readonly accountId: string
  readonly date: CalendarDate
  readonly symbol: string | null
  readonly description: string
  /** In the ledger: after charges and withheld taxes, negative if money goes out. */
  readonly amount: Money
}

/** The transactions with some ids, in the order of the rows. */
export const reportLines = (rows: readonly TaxLedgerRow[], ids: ReadonlySet<string>): ReportLine[] =>
  rows
    .filter(({ transactionId }) => ids.has(transactionId))
    .map(({ accountId, amount, date, description, symbol, transactionId }) => ({
      transactionId,
      accountId,
      date,
      symbol,
      description,
      amount,
    }))
