import type { ApiAnswer } from '../../../lambdas/api-types.ts'
import { Loading, Section } from '../../components/page.tsx'
import { Failure } from '../../components/problem.tsx'
import { useApi } from '../../shell/api.ts'
import styles from '../accounts.module.css'
import { useAccounts } from '../use-household-data.ts'
import { type FigureRow, FigureTable } from './figure.tsx'
import { SaveReport } from './save-report.tsx'
import { retirement as m, taxes as words } from '#messages/tax-reports'

type Account = ApiAnswer<'GET /v1/wealth/tax-reports/{year}/retirement'>['accounts'][number]

const formWords = (form: string): string => (form === 'plan' || form === 'none' ? m.forms[form] : form)

const rowsOf = ({ contributions, currency, distributions, transfersIn, transfersOut }: Account): FigureRow[] => [
  ...[...contributions, ...distributions].map(({ form, title, ...figure }) => ({
    key: `${form} ${figure.box} ${title}`,
    form: formWords(form),
    words: title,
    currency,
    ...figure,
  })),
  ...[
    { key: 'in', form: '', box: '', words: m.transfersIn, currency, ...transfersIn },
    { key: 'out', form: '', box: '', words: m.transfersOut, currency, ...transfersOut },
  ].filter(({ transactionIds }) => transactionIds.length > 0),
]

/** Contributions and distributions of a year in the boxes of the forms, by account. */
export const RetirementSection = ({ householdId, year }: { readonly householdId: string; readonly year: number }) => {
  const { data, error, refetch } = useApi('GET /v1/wealth/tax-reports/{year}/retirement', {
    params: { year: String(year) },
    query: { householdId },
  })
  const { data: accounts } = useAccounts(householdId)
  const nameOf = (accountId: string) => accounts?.items.find(({ id }) => id === accountId)?.name ?? ''
  return (
    <Section
      title={m.title}
      lead={m.lead}
      actions={data && data.accounts.length > 0 && <SaveReport householdId={householdId} report="retirement" title={m.title} year={year} />}
    >
      {error && <Failure error={error} retry={refetch} />}
      {!data && !error && <Loading />}
      {data?.accounts.length === 0 && <p>{m.empty}</p>}
      {data?.accounts.map(account => (
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
    </Section>
  )
}
