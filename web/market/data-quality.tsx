import { CalendarDate } from '../components/figures.tsx'
import { formatDate, formatNumber } from '../components/format.ts'
import { List } from '../components/list.tsx'
import { Badge, Section } from '../components/page.tsx'
import { Table } from '../components/table.tsx'
import { useApi } from '../shell/api.ts'
import { useLook } from '../shell/preferences.ts'
import type { Instrument } from './timeframes.ts'
import { today } from './today.ts'
import { instrumentPage as m } from '#messages/market'

/** Days of bars that one request checks: 250,000 bars of a minute, round the clock. */
const checkedDays: Readonly<Record<string, number>> = { '1m': 170, '5m': 850 }
const dayMilliseconds = 86_400_000

/** The gaps and faults of a series in words, up to today. */
export const DataQuality = ({ series, symbol }: { readonly symbol: string; readonly series: Instrument['series'][number] }) => {
  const look = useLook()
  const { firstTime, lastTime, timeframe } = series
  const until = today()
  const longest = new Date(Date.parse(until) - (checkedDays[timeframe] ?? 36_500) * dayMilliseconds).toISOString()
  const from = (firstTime > longest ? firstTime : longest).slice(0, 10)
  const faults = useApi('GET /v1/market/bar-faults', { query: { symbols: symbol, timeframe, from, until } }, { enabled: from < until })
  const gaps = useApi('GET /v1/market/bar-gaps', { query: { symbol, timeframe, from, until, limit: 5000 } }, { enabled: from < until })
  if (from >= until) return null
  const missing = gaps.data?.items.reduce((sum, { expected, found }) => sum + expected - found, 0) ?? 0
  const days = gaps.data?.items.length ?? 0
  return (
    <Section title={m.quality} lead={m.qualityLead(formatDate(from, look), formatDate(lastTime, look))}>
      {gaps.data && <p>{days === 0 ? m.noMissing : m.missing(formatNumber(days, look), formatNumber(missing, look), days === 1)}</p>}
      <List list={{ items: faults.data?.items, error: faults.error, retry: faults.refetch }} empty={<p>{m.noFaults}</p>}>
        {items => (
          <Table
            caption={m.quality}
            rows={items}
            rowKey={({ date, kind }) => `${kind} ${date}`}
            columns={[
              { key: 'date', header: m.day, cell: ({ date }) => <CalendarDate date={date} /> },
              { key: 'kind', header: m.finding, cell: ({ kind }) => <Badge kind="warn">{m.faultKinds[kind]}</Badge> },
              { key: 'message', header: m.explanation, cell: ({ message }) => message },
            ]}
          />
        )}
      </List>
    </Section>
  )
}
