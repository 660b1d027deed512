import { Link } from 'wouter'
import { Sparkline } from '../charts/sparkline.tsx'
import { CalendarDate, Money } from '../components/figures.tsx'
import { formatDate, formatMoney } from '../components/format.ts'
import { Badge, Section } from '../components/page.tsx'
import { Table } from '../components/table.tsx'
import { useLook } from '../shell/preferences.ts'
import { type Account, sumOf } from './account-kinds.ts'
import styles from './accounts.module.css'
import { accounts as m, accountTypes } from '#messages/accounts'

export type Points = readonly { readonly date: string; readonly balance: string }[]

const isOwed = (amount: string): boolean => amount.startsWith('-')

/** An amount; what is owed has its word. */
export const Balance = ({ amount, currency }: { readonly amount: string | null; readonly currency: string }) =>
  amount === null ? (
    <span className={styles['quiet']}>{m.noValue}</span>
  ) : (
    <span className={styles['balance']}>
      <span className={isOwed(amount) ? styles['owed'] : undefined}>
        <Money value={amount} currency={currency} precision="exact" />
      </span>
      {isOwed(amount) && <span className={styles['quiet']}>{m.owes}</span>}
    </span>
  )

const Trend = ({ account, points }: { readonly account: Account; readonly points: Points | undefined }) => {
  const look = useLook()
  if (!points || points.length < 2) return <span className={styles['quiet']}>{m.noTrend}</span>
  const words = (balance: string) => formatMoney(balance, look, { currency: account.currency })
  return (
    <Sparkline
      label={m.sparkline(account.name, words(points[0]!.balance), words(points.at(-1)!.balance))}
      values={points.map(({ balance }) => Number(balance))}
    />
  )
}

const Name = ({ account }: { readonly account: Account }) => {
  const look = useLook()
  return (
    <div>
      <Link href={`/accounts/${account.id}`}>
        <bdi>{account.name}</bdi>
      </Link>
      <div className={styles['quiet']}>
        {[account.institutionName ?? accountTypes[account.type], account.mask && `···${account.mask}`].filter(Boolean).join(' ')}
      </div>
      {account.isStale && account.balanceDate !== null && (
        <div className={styles['notes']}>
          <Badge kind="warn">{m.staleBadge}</Badge>{' '}
          <span className={styles['quiet']}>{m.stale(formatDate(account.balanceDate, look))}</span>
        </div>
      )}
    </div>
  )
}

/** The sums of accounts by currency: amounts of different currencies are never added. */
const Totals = ({ accounts }: { readonly accounts: readonly Account[] }) => {
  const byCurrency = Map.groupBy(accounts, ({ currency }) => currency)
  return (
    <span className={styles['totals']}>
      <span className={styles['quiet']}>{m.total}</span>
      {[...byCurrency].map(([currency, members]) => (
        <strong key={currency}>
          <Balance currency={currency} amount={sumOf(members.flatMap(({ currentBalance }) => currentBalance ?? []))} />
        </strong>
      ))}
    </span>
  )
}

/** Accounts of one kind, with their total. */
export const AccountTable = ({
  accounts,
  ownerName,
  title,
  trends,
}: {
  readonly accounts: readonly Account[]
  readonly title: string
  readonly ownerName: (ownerId: string | null) => string
  readonly trends: ReadonlyMap<string, Points>
}) => (
  <Section title={title} actions={<Totals accounts={accounts} />}>
    <div className={styles['group']}>
      <Table
        caption={m.caption(title)}
        rows={accounts}
        rowKey={({ id }) => id}
        columns={[
          { key: 'name', header: m.columns.account, cell: account => <Name account={account} /> },
          { key: 'owner', header: m.columns.owner, wide: true, cell: ({ ownerId }) => <bdi>{ownerName(ownerId)}</bdi> },
          {
            key: 'trend',
            header: m.columns.trend,
            wide: true,
            cell: account => <Trend account={account} points={trends.get(account.id)} />,
          },
          {
            key: 'balance',
            header: m.columns.balance,
            align: 'end',
            cell: ({ closedOn, currency, currentBalance }) => (
              <>
                <Balance amount={currentBalance} currency={currency} />
                {closedOn !== null && (
                  <div className={styles['quiet']}>
                    <CalendarDate date={closedOn} />
                  </div>
                )}
              </>
            ),
          },
        ]}
      />
    </div>
  </Section>
)
