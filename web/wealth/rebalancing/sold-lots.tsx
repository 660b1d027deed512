import { Dialog } from '../../components/dialog.tsx'
import { CalendarDate } from '../../components/figures.tsx'
import { Table } from '../../components/table.tsx'
import { Dollars, Quantity } from '../lots/lot-figures.tsx'
import type { Trade } from './rebalancing-data.ts'
import styles from './rebalancing.module.css'
import { lots as m, trades } from '#messages/rebalancing'

/** The lots of a sale that are to be named to the broker. */
export const SoldLots = ({
  account,
  onClose,
  trade,
}: {
  readonly trade: Trade
  /** The name of the account. */
  readonly account: string
  readonly onClose: () => void
}) => {
  const caption = trades.lotsOf(trade.symbol, account)
  return (
    <Dialog title={caption} onClose={onClose}>
      <Table
        caption={caption}
        rows={trade.lots.map((lot, index) => ({ ...lot, index }))}
        rowKey={({ index }) => String(index)}
        columns={[
          {
            key: 'acquired',
            header: m.acquired,
            cell: ({ acquiredOn, isLong }) => (
              <>
                {acquiredOn === null ? m.noLot : <CalendarDate date={acquiredOn} />}
                <div className={styles['quiet']}>{trades.terms[isLong ? 'long' : 'short']}</div>
              </>
            ),
          },
          { key: 'shares', header: m.shares, align: 'end', cell: ({ quantity }) => <Quantity value={quantity} /> },
          { key: 'gain', header: m.gain, align: 'end', cell: ({ gain }) => <Dollars value={gain} signed /> },
          { key: 'proceeds', header: m.proceeds, align: 'end', cell: ({ proceeds }) => <Dollars value={proceeds} /> },
          { key: 'basis', header: m.basis, align: 'end', cell: ({ costBasis }) => <Dollars value={costBasis} /> },
        ]}
      />
    </Dialog>
  )
}
