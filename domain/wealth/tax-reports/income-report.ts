import { type CalendarDate, Decimal, type Money } from '../../shared/index.ts'
import { type DividendTest, type ExDateSource, testDividend } from './dividend-test.ts'
import { type Figure, figureOf, type Part, sumOf } from './figures.ts'
import type { HoldingInterval } from './holding-days.ts'
import {
  accountIndex,
  countedRows,
  dividendRows,
  grossOf,
  isGainDistribution,
  isInterest,
  isSheltered,
  type ReportLine,
  reportLines,
  type TaxAccount,
  type TaxLedgerRow,
} from './tax-ledger.ts'

/** The boxes of Form 1099-DIV that the ledger can fill. */
export const dividendBoxes = ['1a', '1b', '2a', '3', '4', '7'] as const
/** The boxes of Form 1099-INT that the ledger can fill. */
export const interestBoxes = ['1', '4'] as const
export type DividendBox = (typeof dividendBoxes)[number]
export type InterestBox = (typeof interestBoxes)[number]

/** A dividend of the year with the test of its holding period. */
export interface DividendLine extends DividendTest {
  readonly transactionId: string
  readonly accountId: string
  readonly date: CalendarDate
  readonly symbol: string | null
  readonly description: string
  readonly amount: Money
  readonly isQualified: boolean | null
  readonly exDate: CalendarDate
  readonly exDateSource: ExDateSource
}

/** What the payer of one account would report. */
export interface AccountIncome {
  readonly accountId: string
  readonly currency: string
  readonly dividends: Readonly<Record<DividendBox, Figure>>
  readonly interest: Readonly<Record<InterestBox, Figure>>
  /** Interest that was paid, as on margin; a positive amount. It is in no box. */
  readonly interestPaid: Figure
}

export interface IncomeReport {
  readonly year: number
  /** Accounts with income, in the order in which they were given. */
  readonly accounts: readonly AccountIncome[]
  /** Sums of all accounts of a currency. */
  readonly totals: readonly Omit<AccountIncome, 'accountId'>[]
  readonly dividends: readonly DividendLine[]
  /** The transactions of all figures. */
  readonly transactions: readonly ReportLine[]
}

export interface IncomeInput {
  readonly year: number
  /** The last day that is known of the ledger. */
  readonly asOf: CalendarDate
  readonly accounts: readonly TaxAccount[]
  /** At least those of the year. A week on both sides shows which reinvestments a dividend of their own has paid. */
  readonly rows: readonly TaxLedgerRow[]
  /** The ex-dividend date of a dividend, where the market data has it. */
  readonly exDateOf: (row: TaxLedgerRow) => CalendarDate | undefined
  /** The holdings of the security of a dividend in its account on its ex-dividend date; null if they are not known. */
  readonly holdingsOf: (row: TaxLedgerRow, exDate: CalendarDate) => readonly HoldingInterval[] | null
}

/** Tax that another country has withheld is in box 7 of Form 1099-DIV, not among the federal tax of box 4. */
const isForeignTax = ({ country, description }: TaxLedgerRow): boolean =>
  /\bforeign\b/i.test(description) || (country !== null && country !== 'US')

type Parts = { readonly box: DividendBox | `i${InterestBox}` | 'paid'; readonly part: Part }

const partsOf = (row: TaxLedgerRow, account: TaxAccount, dividend: DividendLine | undefined): Parts[] => {
  const { transactionId } = row
  const part = (box: Parts['box'], amount: Money): Parts[] =>
    new Decimal(amount).isZero() ? [] : [{ box, part: { transactionId, amount } }]
  if (dividend !== undefined) {
    const tax = part(isForeignTax(row) ? '7' : '4', row.taxWithheld)
    if (isGainDistribution(row)) return [...part('2a', dividend.amount), ...tax]
    return [...part('1a', dividend.amount), ...part('1b', dividend.qualified), ...tax]
  }
  if (row.type === 'return_of_capital') return [...part('3', grossOf(row)), ...part(isForeignTax(row) ? '7' : '4', row.taxWithheld)]
  if (row.type === 'fee') return isForeignTax(row) ? part('7', row.taxWithheld) : part('4', row.taxWithheld)
  if (!isInterest(row, account)) return []
  const gross = grossOf(row)
  if (gross.startsWith('-')) return part('paid', gross.slice(1))
  return [...part('i1', gross), ...part('i4', row.taxWithheld)]
}

const boxesOf = (parts: readonly Parts[]): Omit<AccountIncome, 'accountId' | 'currency'> => {
  const of = (box: Parts['box']): Figure => figureOf(parts.flatMap(each => (each.box === box ? [each.part] : [])))
  return {
    dividends: Object.fromEntries(dividendBoxes.map(box => [box, of(box)])) as Record<DividendBox, Figure>,
    interest: Object.fromEntries(interestBoxes.map(box => [box, of(`i${box}`)])) as Record<InterestBox, Figure>,
    interestPaid: of('paid'),
  }
}

/**
 * Dividends and interest of a year by account, in the boxes of Forms 1099-DIV and 1099-INT. Accounts whose income is not taxed in the year are
 * left out, and so are pending and reversed transactions. Amounts are before withheld taxes and fees. A dividend counts on the day on which it was
 * paid: a fund's dividend that counts for the year before (IRC 852(b)(7)) is not moved.
 * Source: Instructions for Forms 1099-DIV and 1099-INT.
 */
export const incomeReport = ({ accounts, asOf, exDateOf, holdingsOf, rows, year }: IncomeInput): IncomeReport => {
  const accountOf = accountIndex(accounts)
  const taxed = countedRows(rows).filter(({ accountId }) => !isSheltered(accountOf(accountId)))
  const isOfYear = ({ date }: TaxLedgerRow) => Number(date.slice(0, 4)) === year
  const dividends = dividendRows(taxed)
    .filter(isOfYear)
    .map((row): DividendLine => {
      const [amount, known] = [grossOf(row), exDateOf(row)]
      const [exDate, exDateSource] = known === undefined ? ([row.date, 'pay_date'] as const) : ([known, 'market'] as const)
      const { accountId, date, description, symbol, transactionId } = row
      // A distribution of gains is no dividend that could be qualified.
      const isQualified = isGainDistribution(row) ? false : row.isQualified
      const test = testDividend({ amount, isQualified, exDate, exDateSource, holdings: holdingsOf(row, exDate) }, asOf)
      return { transactionId, accountId, date, symbol, description, amount, isQualified, exDate, exDateSource, ...test }
    })
  const lineOf = new Map(dividends.map(line => [line.transactionId, line]))
  const isDividend = ({ type }: TaxLedgerRow) => type === 'dividend' || type === 'reinvestment'
  const parts = taxed
    .filter(row => isOfYear(row) && (!isDividend(row) || lineOf.has(row.transactionId)))
    .flatMap(row =>
      partsOf(row, accountOf(row.accountId), lineOf.get(row.transactionId)).map(each => ({ ...each, account: accountOf(row.accountId) })),
    )
  const withIncome = accounts.filter(({ id }) => parts.some(({ account }) => account.id === id))
  const currencies = [...new Set(withIncome.map(({ currency }) => currency))]
  return {
    year,
    accounts: withIncome.map(({ currency, id }) => ({
      accountId: id,
      currency,
      ...boxesOf(parts.filter(({ account }) => account.id === id)),
    })),
    totals: currencies.map(currency => ({ currency, ...boxesOf(parts.filter(({ account }) => account.currency === currency)) })),
    dividends,
    transactions: reportLines(taxed, new Set(parts.map(({ part }) => part.transactionId))),
  }
}

/** What securities have distributed in a year in accounts that are taxed, in dollars. */
export interface Distributed {
  /** Long-term gains of funds: box 2a of Forms 1099-DIV, line 13 of Schedule D. */
  readonly gains: Money
  /** Dividends that the payers call qualified, whatever the holding period. */
  readonly qualified: Money
}

/** @param rows at least the dividends of the year, as `incomeReport` takes them */
export const distributedIn = (accounts: readonly TaxAccount[], rows: readonly TaxLedgerRow[], year: number): Distributed => {
  const accountOf = accountIndex(accounts)
  const isTaxed = ({ accountId }: TaxLedgerRow) => !isSheltered(accountOf(accountId)) && accountOf(accountId).currency === 'USD'
  const own = dividendRows(countedRows(rows).filter(isTaxed)).filter(({ date }) => Number(date.slice(0, 4)) === year)
  return {
    gains: sumOf(own.filter(isGainDistribution).map(grossOf)),
    qualified: sumOf(own.filter(row => !isGainDistribution(row) && row.isQualified === true).map(grossOf)),
  }
}
