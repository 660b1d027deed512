import { Link } from 'wouter'
import type { ApiAnswer } from '../../lambdas/api-types.ts'
import { Money } from '../components/figures.tsx'
import { Badge } from '../components/page.tsx'
import { Table } from '../components/table.tsx'
import styles from './accounts.module.css'
import { Share } from './share.tsx'
import { heirs as words } from '#messages/accounts'
import { estate as m } from '#messages/estate'

export type Estate = ApiAnswer<'GET /v1/wealth/estate'>

/** An amount, or that the account has no value yet. */
export const Amount = ({ currency, value }: { readonly value: string | null; readonly currency: string }) =>
  value === null ? <span className={styles['quiet']}>{m.noValue}</span> : <Money value={value} currency={currency} precision="exact" />

/** What an heir would receive, by account and in all. */
export const HeirTable = ({
  accounts,
  heir,
}: {
  readonly heir: Estate['heirs'][number]
  readonly accounts: readonly Estate['items'][number][]
}) => (
  <div className={styles['stack']}>
    <div className={styles['head']}>
      <h3>
        <bdi>{heir.name}</bdi> {heir.kind !== 'person' && <Badge>{words.kinds[heir.kind]}</Badge>}
      </h3>
      <span className={styles['totals']}>
        <span className={styles['quiet']}>{m.total}</span>
        <strong>
          <Amount value={heir.amount} currency={heir.currency} />
        </strong>
      </span>
    </div>
    <Table
      caption={m.heirCaption(heir.name)}
      rows={heir.accounts}
      rowKey={({ accountId, share, amount }) => `${accountId} ${share} ${amount}`}
      columns={[
        {
          key: 'account',
          header: m.columns.account,
          cell: ({ accountId }) => (
            <Link href={`/accounts/${accountId}`}>
              <bdi>{accounts.find(account => account.accountId === accountId)?.name}</bdi>
            </Link>
          ),
        },
        { key: 'share', header: m.columns.share, align: 'end', cell: ({ share }) => <Share value={share} /> },
        {
          key: 'amount',
          header: m.columns.amount,
          align: 'end',
          cell: ({ amount }) => <Amount value={amount} currency={heir.currency} />,
        },
      ]}
    />
  </div>
)
