import { Section } from '../../components/page.tsx'
import { Table } from '../../components/table.tsx'
import type { NameOf } from '../lots/lot-data.ts'
import { Dollars } from '../lots/lot-figures.tsx'
import type { Proposal } from './rebalancing-data.ts'
import { cash as m } from '#messages/rebalancing'

const columns = ['before', 'added', 'withdrawn', 'sold', 'bought', 'after'] as const

/** The cash of each account before and after the trades. */
export const CashSection = ({ cash, nameOf }: Pick<Proposal, 'cash'> & { readonly nameOf: NameOf }) => (
  <Section title={m.title}>
    <Table
      caption={m.caption}
      rows={cash}
      rowKey={({ accountId }) => accountId}
      columns={[
        { key: 'account', header: m.account, cell: ({ accountId }) => <bdi>{nameOf(accountId)}</bdi> },
        ...columns.map(key => ({
          key,
          header: m[key],
          align: 'end' as const,
          cell: (row: Proposal['cash'][number]) => <Dollars value={row[key]} />,
        })),
      ]}
    />
  </Section>
)
