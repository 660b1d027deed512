import { Link } from 'wouter'
import { Table } from '../components/table.tsx'
import styles from './accounts.module.css'
import { Amount, type Estate } from './estate-heirs.tsx'
import { Share } from './share.tsx'
import { usePeople } from './use-household-data.ts'
import { accountTypes } from '#messages/accounts'
import { estate as m } from '#messages/estate'

type Item = Estate['items'][number]

const Names = ({ heirs, none }: { readonly heirs: Item['primary']; readonly none: string }) =>
  heirs.length === 0 ? (
    <span className={styles['quiet']}>{none}</span>
  ) : (
    <ul className={styles['sides']}>
      {heirs.map(({ name, share }, index) => (
        // The same name can stand twice.
        // oxlint-disable-next-line react/no-array-index-key
        <li key={index}>
          <bdi>{name}</bdi> <Share value={share} />
        </li>
      ))}
    </ul>
  )

/** The accounts with their beneficiaries and shares. */
export const EstateAccounts = ({ householdId, items }: { readonly householdId: string; readonly items: readonly Item[] }) => {
  const { ownerName } = usePeople(householdId)
  return (
    <Table
      caption={m.accountsCaption}
      rows={items}
      rowKey={({ accountId }) => accountId}
      columns={[
        {
          key: 'account',
          header: m.columns.account,
          cell: ({ accountId, name, type }) => (
            <>
              <Link href={`/accounts/${accountId}`}>
                <bdi>{name}</bdi>
              </Link>
              <div className={styles['quiet']}>{accountTypes[type]}</div>
            </>
          ),
        },
        { key: 'owner', header: m.columns.owner, wide: true, cell: ({ ownerId }) => <bdi>{ownerName(ownerId)}</bdi> },
        { key: 'primary', header: m.columns.primary, cell: ({ primary }) => <Names heirs={primary} none={m.none} /> },
        {
          key: 'contingent',
          header: m.columns.contingent,
          cell: ({ contingent, designation }) => <Names heirs={contingent} none={designation === 'none' ? m.none : m.noContingent} />,
        },
        {
          key: 'balance',
          header: m.columns.balance,
          wide: true,
          align: 'end',
          cell: ({ currency, currentBalance }) => <Amount value={currentBalance} currency={currency} />,
        },
      ]}
    />
  )
}
