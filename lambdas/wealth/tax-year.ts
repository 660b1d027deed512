import { householdRows } from '../../db/queries/identity/index.ts'
import { readHoldings } from '../../db/queries/wealth/holdings.ts'
import { findAnnouncedDividends, findTaxAccounts, findTaxLedger } from '../../db/queries/wealth/tax-reports.ts'
import type { Transaction } from '../../db/database.ts'
import {
  categoryReport,
  type CategoryReport,
  exDateFinder,
  holdingsByLots,
  incomeReport,
  type IncomeReport,
  type ReportNames,
  retirementReport,
  type RetirementReport,
  type TaxAccount,
  type TaxLedgerRow,
} from '../../domain/wealth/index.ts'
import { notFound, Problem } from '../runtime/problem.ts'
import { todayIn } from '../runtime/today.ts'

/** Transactions of a year that fit into one answer. */
export const mostRows = 20_000

export const tooLargeReport = () =>
  new Problem('export-too-large', `The report does not fit into one answer: a year can have ${mostRows} transactions that count.`)

/** A tax year of a household: its accounts and the transactions that can count. */
export interface TaxYear {
  readonly year: number
  readonly householdId: string
  readonly today: string
  readonly accounts: readonly TaxAccount[]
  readonly rows: readonly TaxLedgerRow[]
  readonly names: ReportNames
}

/** The accounts of a household with the names that reports print. @throws Problem if the household is not the caller's */
export const readTaxAccounts = async (transaction: Transaction, householdId: string) => {
  const household = await householdRows.find(transaction, householdId)
  if (!household) throw notFound('household')
  const accounts = await findTaxAccounts(transaction, householdId)
  const nameOf = new Map(accounts.map(({ id, name }) => [id, name]))
  const names: ReportNames = { household: household.name, accountName: id => nameOf.get(id) ?? '' }
  return { accounts, names, today: todayIn(household.timezone) }
}

/** @throws Problem if the household is not the caller's, or the year has too many transactions */
export const readTaxYear = async (transaction: Transaction, householdId: string, year: number): Promise<TaxYear> => {
  const found = await readTaxAccounts(transaction, householdId)
  const rows = await findTaxLedger(transaction, householdId, year, mostRows)
  if (rows.length > mostRows) throw tooLargeReport()
  return { ...found, year, householdId, rows }
}

export const categoriesOf = ({ accounts, rows, year }: TaxYear): CategoryReport => categoryReport(accounts, rows, year)

export const retirementOf = ({ accounts, rows, year }: TaxYear): RetirementReport => retirementReport(accounts, rows, year)

/** Dividends and interest, with the holding periods by the tax lots and the ex-dividend dates of the market data. */
export const incomeOf = async (transaction: Transaction, { accounts, householdId, rows, today, year }: TaxYear): Promise<IncomeReport> => {
  const symbols = [...new Set(rows.flatMap(({ isQualified, symbol }) => (symbol === null || isQualified === false ? [] : [symbol])))]
  const announced = await findAnnouncedDividends(transaction, symbols, `${year - 1}-10-01`, `${year}-12-31`)
  // A period of 121 days begins 60 days before the ex-dividend date.
  const records = await readHoldings(transaction, householdId, symbols, `${year - 1}-08-01`, `${year}-12-31`)
  return incomeReport({
    year,
    asOf: today,
    accounts,
    rows,
    exDateOf: exDateFinder(announced),
    holdingsOf: holdingsByLots(records),
  })
}
