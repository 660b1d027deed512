import type { DataTable, PrintedDocument } from '../../../documents/index.ts'
import type { AccountRetirement, RetirementReport } from '../retirement-report.ts'
import { footer, printedAmount, type ReportNames, subtitleOf } from './words.ts'

const formWords = (form: string): string => (form === 'plan' ? 'Plan of an employer' : form === 'none' ? 'No form' : form)

const linesOf = ({ contributions, distributions, transfersIn, transfersOut }: AccountRetirement) => [
  ...[...contributions, ...distributions].map(({ box, form, title, ...figure }) => ({ form: formWords(form), box, title, figure })),
  ...[
    { form: '', box: '', title: 'Transfers in, in no box', figure: transfersIn },
    { form: '', box: '', title: 'Transfers out, in no box', figure: transfersOut },
  ].filter(({ figure }) => figure.transactionIds.length > 0),
]

/** Contributions and distributions as a document, by account. */
export const retirementDocument = (report: RetirementReport, names: ReportNames): PrintedDocument => ({
  title: 'Retirement, health and education accounts',
  subtitle: subtitleOf(names, report.year),
  footer,
  orientation: 'portrait',
  sections:
    report.accounts.length === 0
      ? [{ title: 'All accounts', notes: ['The ledger has no contributions and no distributions for this year.'] }]
      : report.accounts.map(account => ({
          title: names.accountName(account.accountId),
          table: {
            columns: [
              { title: 'Form', width: 2 },
              { title: 'Box', width: 1 },
              { title: 'Figure', width: 6 },
              { title: 'Transactions', width: 2, align: 'end' as const },
              { title: `Amount (${account.currency})`, width: 2, align: 'end' as const },
            ],
            rows: linesOf(account).map(({ box, figure, form, title }) => [
              form,
              box,
              title,
              String(figure.transactionIds.length),
              printedAmount(figure.amount),
            ]),
          },
        })),
})

/** Contributions and distributions as a table: a row for each box of each account. */
export const retirementTable = ({ accounts }: RetirementReport, names: ReportNames): DataTable => ({
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
    linesOf(account).map(({ box, figure, form, title }) => [
      names.accountName(account.accountId),
      form,
      box,
      title,
      account.currency,
      figure.amount,
      figure.transactionIds.join(' '),
    ]),
  ),
})
