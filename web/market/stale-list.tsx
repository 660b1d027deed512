import { EmptyState } from '../components/page.tsx'
import { CalendarDate, Count } from '../components/figures.tsx'
import { List } from '../components/list.tsx'
import { Table } from '../components/table.tsx'
import { useApiPages } from '../shell/api-pages.ts'
import { SymbolLink } from './symbol-link.tsx'
import { instruments as m } from '#messages/market'

/** The instruments of which the exchange has traded on more than five days since their newest daily bar. */
export const StaleList = ({ today }: { readonly today: string }) => {
  const list = useApiPages('GET /v1/market/stale-symbols', {
    query: { timeframe: '1d', until: today, limit: '100' },
  })
  return (
    <List list={list} empty={<EmptyState title={m.noStale}>{m.noStaleLead}</EmptyState>}>
      {items => (
        <Table
          caption={m.staleCaption}
          rows={items}
          rowKey={({ symbol }) => symbol}
          columns={[
            { key: 'symbol', header: m.symbol, cell: ({ symbol }) => <SymbolLink symbol={symbol} /> },
            { key: 'day', header: m.lastDay, cell: ({ lastDate }) => <CalendarDate date={lastDate} /> },
            { key: 'days', header: m.tradingDays, align: 'end', cell: ({ tradingDays }) => <Count value={tradingDays} /> },
          ]}
        />
      )}
    </List>
  )
}
