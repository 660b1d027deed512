import { Money } from '../../components/figures.tsx'
import { formatDate } from '../../components/format.ts'
import { Card, Loading, Section } from '../../components/page.tsx'
import { Table } from '../../components/table.tsx'
import { useLook } from '../../shell/preferences.ts'
import { dayBefore } from '../today.ts'
import { AccountLink } from './account-link.tsx'
import type { KnownNetWorth } from './net-worth-data.ts'
import styles from './net-worth.module.css'
import { changeOf, largestReason, mostChanged, reasonsOf } from './reasons.ts'
import { changes as m } from '#messages/net-worth'

/** How many of the accounts that changed most are listed. */
const mostAccounts = 5

/** What changed the net worth, and where. */
export const ChangeSection = ({
  netWorth: { accounts, currency, firstDate, from, to, total },
  visit,
}: {
  readonly netWorth: KnownNetWorth
  /** The day of the last visit, if that is where the range begins. */
  readonly visit: string | undefined
}) => {
  const look = useLook()
  const exact = (amount: number) => <Money value={amount} currency={currency} precision="exact" signed />
  const [begin, end] = [dayBefore(from), formatDate(to, look)]
  const lead =
    visit === begin
      ? m.leadOfVisit(formatDate(begin, look), end)
      : from === firstDate
        ? m.leadOfAll(formatDate(from, look), end)
        : m.lead(formatDate(begin, look), end)
  const changed = mostChanged(accounts, mostAccounts)
  return (
    <Section title={m.title} lead={lead}>
      <div className={styles['beside']}>
        <Table
          caption={m.reasons}
          rows={[
            ...reasonsOf(total).map(({ amount, name }) => ({ key: name as string, words: <>{m.names[name]}</>, amount })),
            { key: 'sum', words: <strong>{m.sum}</strong>, amount: changeOf(total) },
          ]}
          rowKey={({ key }) => key}
          columns={[
            { key: 'reason', header: m.reason, cell: ({ words }) => words },
            {
              key: 'amount',
              header: m.amount,
              align: 'end',
              cell: ({ amount, key }) => (key === 'sum' ? <strong>{exact(amount)}</strong> : exact(amount)),
            },
          ]}
        />
        {changed.length === 0 ? (
          <Card>{m.none}</Card>
        ) : (
          <Table
            caption={m.most}
            rows={changed}
            rowKey={({ accountId }) => String(accountId)}
            columns={[
              { key: 'account', header: m.account, cell: account => <AccountLink account={account} /> },
              { key: 'amount', header: m.amount, align: 'end', cell: account => exact(changeOf(account)) },
              {
                key: 'reason',
                header: m.mainReason,
                cell: account => {
                  const reason = largestReason(account)
                  return (
                    reason && (
                      <>
                        {m.names[reason.name]} {exact(reason.amount)}
                      </>
                    )
                  )
                },
              },
            ]}
          />
        )}
      </div>
    </Section>
  )
}

/** The place of the section while its figures are read. */
export const ChangePlace = () => (
  <Section title={m.title} lead={m.loading}>
    <div className={styles['changePlace']}>
      <Loading />
    </div>
  </Section>
)
