import type { DataTable, PrintedDocument } from '../../../documents/index.ts'
import type { CategoryFigure, CategoryReport } from '../category-report.ts'
import { categoryWords, footer, printedAmount, type ReportNames, subtitleOf } from './words.ts'

const titleOf = ({ category, currency, isSheltered }: CategoryFigure): string =>
  `${categoryWords[category]}${isSheltered ? ', in retirement, health and education accounts' : ''} (${currency})`

/** A report by category as a document: the sums, then the transactions of each. */
export const categoryDocument = ({ categories, transactions, year }: CategoryReport, names: ReportNames): PrintedDocument => {
  const byId = new Map(transactions.map(line => [line.transactionId, line]))
  return {
    title: 'Tax report by category',
    subtitle: subtitleOf(names, year),
    footer,
    orientation: 'portrait',
    sections: [
      {
        title: 'Summary',
        lead: [
          'Posted transactions without transfers and without those that were reversed. Dividends and interest are before withheld tax.',
        ],
        table: {
          columns: [
            { title: 'Category', width: 6 },
            { title: 'Transactions', width: 2, align: 'end' },
            { title: 'Amount', width: 2, align: 'end' },
          ],
          rows: categories.map(figure => [titleOf(figure), String(figure.transactionIds.length), printedAmount(figure.amount)]),
        },
        ...(categories.length === 0 ? { notes: ['The ledger has nothing for this year.'] } : {}),
      },
      ...categories.map(figure => ({
        title: titleOf(figure),
        table: {
          columns: [
            { title: 'Date', width: 2 },
            { title: 'Account', width: 3 },
            { title: 'Symbol', width: 2 },
            { title: 'Description', width: 6 },
            { title: 'Amount', width: 2, align: 'end' as const },
          ],
          rows: figure.transactionIds
            .map(id => byId.get(id)!)
            .map(({ accountId, amount, date, description, symbol }) => [
              date,
              names.accountName(accountId),
              symbol ?? '',
              description,
              printedAmount(amount),
            ]),
          totals: [['Total', '', '', '', printedAmount(figure.amount)]],
        },
      })),
    ],
  }
}

/** A report by category as a table, a row for each transaction. */
export const categoryTable = ({ categories, transactions }: CategoryReport, names: ReportNames): DataTable => {
  const figureOf = new Map(categories.flatMap(figure => figure.transactionIds.map(id => [id, figure] as const)))
  return {
    columns: [
      { name: 'category' },
      { name: 'taxed_each_year' },
      { name: 'date' },
      { name: 'account' },
      { name: 'symbol' },
      { name: 'description' },
      { name: 'currency' },
      { name: 'amount', isNumber: true },
      { name: 'transaction_id' },
    ],
    rows: transactions.map(({ accountId, amount, category, date, description, symbol, transactionId }) => {
      const { currency, isSheltered } = figureOf.get(transactionId)!
      const taxed = isSheltered ? 'no' : 'yes'
      return [category, taxed, date, names.accountName(accountId), symbol ?? '', description, currency, amount, transactionId]
    }),
  }
}
