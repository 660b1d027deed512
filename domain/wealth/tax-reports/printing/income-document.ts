import type { DataTable, DocumentSection, PrintedDocument } from '../../../documents/index.ts'
import {
  type AccountIncome,
  type DividendBox,
  dividendBoxes,
  type IncomeReport,
  type InterestBox,
  interestBoxes,
} from '../income-report.ts'
import { footer, printedAmount, type ReportNames, subtitleOf } from './words.ts'

const dividendWords: Readonly<Record<DividendBox, string>> = {
  '1a': 'Total ordinary dividends',
  '1b': 'Qualified dividends',
  '2a': 'Total capital gain distributions',
  '3': 'Nondividend distributions',
  '4': 'Federal income tax withheld',
  '7': 'Foreign tax paid',
}
const interestWords: Readonly<Record<InterestBox, string>> = { '1': 'Interest income', '4': 'Federal income tax withheld' }

type Boxes = Omit<AccountIncome, 'accountId'>

/** Form, box and words of each figure, those without an amount left out. */
const figuresOf = ({ dividends, interest, interestPaid }: Boxes) =>
  [
    ...dividendBoxes.map(box => ({ form: '1099-DIV', box: box as string, words: dividendWords[box], figure: dividends[box] })),
    ...interestBoxes.map(box => ({ form: '1099-INT', box: box as string, words: interestWords[box], figure: interest[box] })),
    { form: '', box: '', words: 'Interest paid, in no box', figure: interestPaid },
  ].filter(({ figure }) => figure.transactionIds.length > 0)

const boxSection = (title: string, boxes: Boxes): DocumentSection => ({
  title,
  table: {
    columns: [
      { title: 'Form', width: 2 },
      { title: 'Box', width: 1 },
      { title: 'Figure', width: 6 },
      { title: 'Transactions', width: 2, align: 'end' },
      { title: `Amount (${boxes.currency})`, width: 2, align: 'end' },
    ],
    rows: figuresOf(boxes).map(({ box, figure, form, words }) => [
      form,
      box,
      words,
      String(figure.transactionIds.length),
      printedAmount(figure.amount),
    ]),
  },
})

/** Dividends and interest as a document: the boxes of all accounts and of each, then the dividends with their holding period. */
export const incomeDocument = (report: IncomeReport, names: ReportNames): PrintedDocument => ({
  title: 'Dividends and interest',
  subtitle: subtitleOf(names, report.year),
  footer,
  orientation: 'portrait',
  sections: [
    ...(report.accounts.length === 0
      ? [{ title: 'All accounts', notes: ['The ledger has no dividends and no interest for this year.'] }]
      : []),
    ...report.totals.map(total => boxSection(`All accounts, in ${total.currency}`, total)),
    ...report.accounts.map(account => boxSection(names.accountName(account.accountId), account)),
    ...(report.dividends.length === 0
      ? []
      : [
          {
            title: 'Qualified dividends by the holding period',
            lead: ['A dividend is qualified if the payer says so and the shares were held for more than 60 days of the 121-day period.'],
            table: {
              columns: [
                { title: 'Date', width: 2 },
                { title: 'Account', width: 3 },
                { title: 'Security', width: 3 },
                { title: 'Amount', width: 2, align: 'end' as const },
                { title: 'By the payer', width: 2, align: 'end' as const },
                { title: 'Qualified', width: 2, align: 'end' as const },
                { title: 'Explanation', width: 6 },
              ],
              rows: report.dividends.map(({ accountId, amount, date, description, note, qualified, reported, symbol }) => [
                date,
                names.accountName(accountId),
                symbol ?? description,
                printedAmount(amount),
                printedAmount(reported),
                printedAmount(qualified),
                note ?? '',
              ]),
            },
          },
        ]),
  ],
})

/** Dividends and interest as a table: a row for each box of each account. */
export const incomeTable = ({ accounts }: IncomeReport, names: ReportNames): DataTable => ({
  columns: [
    { name: 'account' },
    { name: 'form' },
    { name: 'box' },
    { name: 'figure' },
    { name: 'currency' },
    { name: 'amount', isNumber: true },
    { name: 'transaction_ids' },
  ],
  rows: accounts.flatMap(account =>
    figuresOf(account).map(({ box, figure, form, words }) => [
      names.accountName(account.accountId),
      form,
      box,
      words,
      account.currency,
      figure.amount,
      figure.transactionIds.join(' '),
    ]),
  ),
})
