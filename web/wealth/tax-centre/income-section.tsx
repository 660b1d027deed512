import type { ApiAnswer } from '../../../lambdas/api-types.ts'
import { CalendarDate, Money } from '../../components/figures.tsx'
import { Loading, Section } from '../../components/page.tsx'
import { Failure } from '../../components/problem.tsx'
import { Table } from '../../components/table.tsx'
import { useApi } from '../../shell/api.ts'
import styles from '../accounts.module.css'
import { useAccounts } from '../use-household-data.ts'
import { type FigureRow, FigureTable } from './figure.tsx'
import { SaveReport } from './save-report.tsx'
import { income as m, taxes as words } from '#messages/tax-reports'

type Report = ApiAnswer<'GET /v1/wealth/tax-reports/{year}/income'>
type Boxes = Report['totals'][number]

/** In the order of the forms. The members of an object that are numbers would come first. */
const dividendBoxes = ['1a', '1b', '2a', '3', '4', '7'] as const
const interestBoxes = ['1', '4'] as const

const rowsOf = ({ currency, dividends, interest, interestPaid }: Boxes): FigureRow[] => {
  const row = (form: string, box: string, text: string, figure: Boxes['interestPaid']): FigureRow[] =>
    figure.transactionIds.length === 0 ? [] : [{ key: `${form} ${box}`, form, box, words: text, currency, ...figure }]
  return [
    ...dividendBoxes.flatMap(box => row('1099-DIV', box, m.dividendBoxes[box], dividends[box])),
    ...interestBoxes.flatMap(box => row('1099-INT', box, m.interestBoxes[box], interest[box])),
    ...row('', '', m.paid, interestPaid),
  ]
}

/** Dividends of which the qualified part has an explanation. */
const Notes = ({
  currencyOf,
  dividends,
}: {
  readonly dividends: Report['dividends']
  readonly currencyOf: (accountId: string) => string
}) => (
  <>
    <h3>{m.notes}</h3>
    <p className={styles['quiet']}>{m.notesLead}</p>
    <Table
      caption={m.notesCaption}
      rows={dividends}
      rowKey={({ transactionId }) => transactionId}
      columns={[
        {
          key: 'dividend',
          header: words.columns.dividend,
          cell: ({ date, description, note, symbol }) => (
            <>
              <bdi>{symbol ?? description}</bdi>, <CalendarDate date={date} />
              <div className={styles['quiet']}>{note}</div>
            </>
          ),
        },
        {
          key: 'amount',
          header: words.columns.amount,
          align: 'end',
          cell: ({ accountId, amount }) => <Money value={amount} currency={currencyOf(accountId)} precision="exact" />,
        },
        {
          key: 'reported',
          header: words.columns.reported,
          wide: true,
          align: 'end',
          cell: ({ accountId, reported }) => <Money value={reported} currency={currencyOf(accountId)} precision="exact" />,
        },
        {
          key: 'qualified',
          header: words.columns.qualified,
          align: 'end',
          cell: ({ accountId, qualified }) => <Money value={qualified} currency={currencyOf(accountId)} precision="exact" />,
        },
      ]}
    />
  </>
)

/** Dividends and interest of a year in the boxes of the forms. */
export const IncomeSection = ({ householdId, year }: { readonly householdId: string; readonly year: number }) => {
  const { data, error, refetch } = useApi('GET /v1/wealth/tax-reports/{year}/income', {
    params: { year: String(year) },
    query: { householdId },
  })
  const { data: accounts } = useAccounts(householdId)
  const explained = data?.dividends.filter(({ note }) => note !== null) ?? []
  const nameOf = (accountId: string) => accounts?.items.find(({ id }) => id === accountId)?.name ?? ''
  return (
    <Section
      title={m.title}
      lead={m.lead}
      actions={data && data.accounts.length > 0 && <SaveReport householdId={householdId} report="income" title={m.title} year={year} />}
    >
      {error && <Failure error={error} retry={refetch} />}
      {!data && !error && <Loading />}
      {data?.accounts.length === 0 && <p>{m.empty}</p>}
      {data?.totals.map(total => (
        <div key={total.currency} className={styles['stack']}>
          <h3>{m.all(total.currency)}</h3>
          <FigureTable
            caption={m.caption(m.all(total.currency))}
            householdId={householdId}
            lines={data.transactions}
            note={words.ledgerAmounts}
            rows={rowsOf(total)}
          />
        </div>
      ))}
      {data &&
        data.accounts.length > 1 &&
        data.accounts.map(account => (
          <div key={account.accountId} className={styles['stack']}>
            <h3>
              <bdi>{nameOf(account.accountId)}</bdi>
            </h3>
            <FigureTable
              caption={m.caption(nameOf(account.accountId))}
              householdId={householdId}
              lines={data.transactions}
              note={words.ledgerAmounts}
              rows={rowsOf(account)}
            />
          </div>
        ))}
      {data && explained.length > 0 && (
        <Notes
          dividends={explained}
          currencyOf={accountId => data.accounts.find(account => account.accountId === accountId)?.currency ?? 'USD'}
        />
      )}
    </Section>
  )
}
