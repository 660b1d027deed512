import { Dialog } from '../../components/dialog.tsx'
import { CalendarDate } from '../../components/figures.tsx'
import { Loading } from '../../components/page.tsx'
import { Failure } from '../../components/problem.tsx'
import { Table } from '../../components/table.tsx'
import { useApi } from '../../shell/api.ts'
import { Dollars, Quantity } from '../lots/lot-figures.tsx'
import { daysOf, lotsQuery } from './lot-days.ts'
import type { Trade } from './rebalancing-data.ts'
import styles from './rebalancing.module.css'
import { lots as m, trades } from '#messages/rebalancing'

/** The lots of a sale that are to be named to the broker. */
export const SoldLots = ({
  account,
  householdId,
  onClose,
  trade,
}: {
  readonly householdId: string
  readonly trade: Trade
  /** The name of the account. */
  readonly account: string
  readonly onClose: () => void
}) => {
  const { data, error, refetch } = useApi('GET /v1/wealth/tax-lots', { query: lotsQuery(householdId, trade) })
  const days = data && daysOf(data.items)
  const caption = trades.lotsOf(trade.symbol, account)
  return (
    <Dialog title={caption} onClose={onClose}>
      {error && <Failure error={error} retry={refetch} />}
      {!days && !error && <Loading />}
      {days && (
        <Table
          caption={caption}
          rows={trade.lots.map((lot, index) => ({ ...lot, index, day: days.get(lot.openedBy ?? '') }))}
          rowKey={({ index }) => String(index)}
          columns={[
            {
              key: 'acquired',
              header: m.acquired,
              cell: ({ day, isLong }) => (
                <>
                  {day === undefined ? m.noLot : <CalendarDate date={day} />}
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
      )}
    </Dialog>
  )
}
