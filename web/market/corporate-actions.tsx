import type { ApiItem } from '../../lambdas/api-types.ts'
import { CalendarDate, Money } from '../components/figures.tsx'
import { formatNumber } from '../components/format.ts'
import { Section } from '../components/page.tsx'
import { Failure } from '../components/problem.tsx'
import { LoadMore, Table } from '../components/table.tsx'
import { useApiPages } from '../shell/api-pages.ts'
import { useLook } from '../shell/preferences.ts'
import { instrumentPage as m } from '#messages/market'

type Split = ApiItem<'GET /v1/market/instruments/{symbol}/splits'>
type Dividend = ApiItem<'GET /v1/market/instruments/{symbol}/dividends'>

/** Splits and dividends, newest first. */
export const CorporateActions = ({ dividends, splits }: { readonly splits: readonly Split[]; readonly dividends: readonly Dividend[] }) => {
  const look = useLook()
  const rows = [
    ...splits.map(({ denominator, exDate, numerator }) => ({
      key: `split ${exDate}`,
      exDate,
      what: (numerator < denominator ? m.reverseSplit : m.split)(formatNumber(numerator, look), formatNumber(denominator, look)),
      payDate: null,
    })),
    ...dividends.map(({ amount, exDate, kind, payDate }) => ({
      key: `${kind} ${exDate}`,
      exDate,
      what: `${m.dividendKinds[kind]}: ${m.perShare(formatNumber(amount, look, 8))}`,
      payDate,
    })),
  ].toSorted((left, right) => right.exDate.localeCompare(left.exDate))
  return (
    <Section title={m.actions}>
      {rows.length === 0 ? (
        <p>{m.noActions}</p>
      ) : (
        <Table
          caption={m.actions}
          rows={rows}
          rowKey={({ key }) => key}
          columns={[
            { key: 'date', header: m.exDate, cell: ({ exDate }) => <CalendarDate date={exDate} /> },
            { key: 'what', header: m.what, cell: ({ what }) => what },
            { key: 'paid', header: m.payDate, wide: true, cell: ({ payDate }) => payDate !== null && <CalendarDate date={payDate} /> },
          ]}
        />
      )}
    </Section>
  )
}

/** Market capitalizations by day; nothing if there are none. */
export const MarketCaps = ({ currency, symbol }: { readonly symbol: string; readonly currency: string }) => {
  const { busy, error, items, more, retry } = useApiPages('GET /v1/market/instruments/{symbol}/market-caps', {
    params: { symbol },
    query: { limit: '100' },
  })
  if (error) return <Failure error={error} retry={retry} />
  if (!items || items.length === 0) return null
  return (
    <Section title={m.caps}>
      <Table
        caption={m.caps}
        rows={items}
        rowKey={({ date }) => date}
        columns={[
          { key: 'date', header: m.day, cell: ({ date }) => <CalendarDate date={date} /> },
          { key: 'cap', header: m.cap, align: 'end', cell: ({ marketCap }) => <Money value={marketCap} currency={currency} /> },
        ]}
      />
      {more && <LoadMore busy={busy} onClick={more} />}
    </Section>
  )
}
