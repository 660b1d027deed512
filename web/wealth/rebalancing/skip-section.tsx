import { Section } from '../../components/page.tsx'
import { Table } from '../../components/table.tsx'
import type { NameOf } from '../lots/lot-data.ts'
import { Dollars } from '../lots/lot-figures.tsx'
import { partName } from '../portfolios/class-names.ts'
import type { Proposal } from './rebalancing-data.ts'
import styles from './rebalancing.module.css'
import { skips as m, trades } from '#messages/rebalancing'

/** What a proposal leaves out, and why. */
export const SkipSection = ({
  isByInstrument,
  nameOf,
  skips,
}: Pick<Proposal, 'skips'> & { readonly isByInstrument: boolean; readonly nameOf: NameOf }) => (
  <Section title={m.title} lead={m.lead}>
    <Table
      caption={m.caption}
      rows={skips}
      rowKey={({ accountId, assetClass, reason, symbol }) => `${accountId} ${symbol} ${assetClass} ${reason}`}
      columns={[
        {
          key: 'what',
          header: m.what,
          cell: ({ assetClass, symbol }) => <bdi>{symbol ?? (assetClass === null ? m.cash : partName(assetClass, isByInstrument))}</bdi>,
        },
        { key: 'reason', header: m.reason, cell: ({ message }) => <div className={styles['reason']}>{message}</div> },
        {
          key: 'account',
          header: m.account,
          cell: ({ accountId }) => (accountId === null ? trades.none : <bdi>{nameOf(accountId)}</bdi>),
        },
        { key: 'amount', header: m.amount, align: 'end', cell: ({ amount }) => <Dollars value={amount} /> },
      ]}
    />
  </Section>
)
