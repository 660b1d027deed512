import type { ApiItem, ApiRequest } from '../../lambdas/api-types.ts'
import { Button, ButtonLink } from '../components/button.tsx'
import { CalendarDate, Money } from '../components/figures.tsx'
import { formatNumber } from '../components/format.ts'
import { List } from '../components/list.tsx'
import { Badge, EmptyState } from '../components/page.tsx'
import { Table } from '../components/table.tsx'
import { useApi } from '../shell/api.ts'
import { useApiPages } from '../shell/api-pages.ts'
import { useLook } from '../shell/preferences.ts'
import { type Bar, useLatestBars } from './latest-bars.ts'
import { SymbolLink } from './symbol-link.tsx'
import { instruments as m, types } from '#messages/market'

type Instrument = ApiItem<'GET /v1/market/instruments'>
type Query = NonNullable<ApiRequest<'GET /v1/market/instruments'>['query']>

/** Whether the prices of an instrument are recent, in a word. */
const State = ({ bar, isActive, isStale }: { readonly bar: Bar | undefined; readonly isActive: boolean; readonly isStale: boolean }) => {
  if (!isActive) return <Badge>{m.noLongerTraded}</Badge>
  if (!bar) return <Badge>{m.noPrices}</Badge>
  return isStale ? <Badge kind="warn">{m.old}</Badge> : <Badge kind="good">{m.current}</Badge>
}

const Nothing = ({ isFiltered, onClear }: { readonly isFiltered: boolean; readonly onClear: () => void }) => {
  const { data: me } = useApi('GET /v1/identity/me')
  if (isFiltered)
    return (
      <EmptyState title={m.noMatch} action={<Button onClick={onClear}>{m.clear}</Button>}>
        {m.noMatchLead}
      </EmptyState>
    )
  if (me?.role !== 'admin') return <EmptyState title={m.empty}>{m.emptyForOthers}</EmptyState>
  return (
    <EmptyState
      title={m.empty}
      action={
        <ButtonLink kind="primary" href="/market/load">
          {m.load}
        </ButtonLink>
      }
    >
      {m.emptyForAdministrators}
    </EmptyState>
  )
}

/** The instruments that match, page by page, with their newest daily price. */
export const InstrumentList = ({
  filters,
  onClear,
  onSort,
  sort,
  today,
}: {
  readonly filters: Query
  readonly sort: string
  readonly onSort: (sort: string) => void
  readonly onClear: () => void
  readonly today: string
}) => {
  const look = useLook()
  const list = useApiPages('GET /v1/market/instruments', {
    query: { limit: 50, count: true, sort, ...filters },
  })
  const latest = useLatestBars((list.pages ?? []).map(page => page.map(({ symbol }) => symbol)))
  const stale = useApi('GET /v1/market/stale-symbols', { query: { timeframe: '1d', until: today, limit: 1000 } })
  const staleSymbols = new Set(stale.data?.items.map(({ symbol }) => symbol))
  return (
    <List list={list} empty={<Nothing isFiltered={Object.keys(filters).length > 0} onClear={onClear} />}>
      {items => (
        <>
          <Table<Instrument>
            caption={m.caption}
            rows={items}
            rowKey={({ id }) => id}
            sort={sort}
            onSort={onSort}
            columns={[
              { key: 'symbol', header: m.symbol, sort: 'symbol', cell: ({ symbol }) => <SymbolLink symbol={symbol} /> },
              { key: 'name', header: m.name, sort: 'name', cell: ({ name }) => name },
              { key: 'type', header: m.type, wide: true, cell: ({ type }) => types[type] },
              { key: 'exchange', header: m.exchange, wide: true, cell: ({ exchangeCode }) => exchangeCode },
              {
                key: 'price',
                header: m.lastPrice,
                align: 'end',
                cell: ({ currency, symbol }) => {
                  const bar = latest.get(symbol)
                  return bar && <Money value={bar.close} currency={currency} precision="exact" />
                },
              },
              {
                key: 'day',
                header: m.lastDay,
                wide: true,
                cell: ({ symbol }) => {
                  const bar = latest.get(symbol)
                  return bar && <CalendarDate date={bar.time} />
                },
              },
              {
                key: 'state',
                header: m.state,
                cell: ({ isActive, symbol }) => <State isActive={isActive} bar={latest.get(symbol)} isStale={staleSymbols.has(symbol)} />,
              },
            ]}
          />
          {list.total !== undefined && <p>{m.count(formatNumber(items.length, look), formatNumber(list.total, look))}</p>}
        </>
      )}
    </List>
  )
}
