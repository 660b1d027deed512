import type { Sql } from '../../db/connections.ts'

export interface StoredBar {
  readonly seriesId: number
  /** RFC 3339. */
  readonly time: string
  readonly open: string
  readonly high: string
  readonly low: string
  readonly close: string
  readonly volume: string
  readonly vwap?: string | null
  readonly tradeCount?: string | null
  readonly bid?: string | null
  readonly ask?: string | null
  readonly spread?: string | null
  readonly additionalData?: Record<string, unknown> | null
}

const quoted = (value: string) => `"${value.replaceAll(/["\\]/g, '\\$&')}"`
const arrayText = (values: readonly (string | number | null | undefined)[]) =>
  `{${values.map(value => (value === null || value === undefined ? 'null' : quoted(String(value)))).join(',')}}`

/** Calls market.store_bars, as a route does. */
export const storeBars = async (sql: Sql, bars: readonly StoredBar[]): Promise<number> => {
  const [row] = await sql<{ stored: number }[]>`select market.store_bars(${arrayText(bars.map(bar => bar.seriesId))}::int[],
    ${arrayText(bars.map(bar => bar.time))}::timestamptz[], ${arrayText(bars.map(bar => bar.open))}::numeric[],
    ${arrayText(bars.map(bar => bar.high))}::numeric[], ${arrayText(bars.map(bar => bar.low))}::numeric[],
    ${arrayText(bars.map(bar => bar.close))}::numeric[], ${arrayText(bars.map(bar => bar.volume))}::numeric[],
    ${arrayText(bars.map(bar => bar.vwap))}::numeric[], ${arrayText(bars.map(bar => bar.tradeCount))}::bigint[],
    ${arrayText(bars.map(bar => bar.bid))}::numeric[], ${arrayText(bars.map(bar => bar.ask))}::numeric[],
    ${arrayText(bars.map(bar => bar.spread))}::numeric[],
    ${arrayText(bars.map(bar => (bar.additionalData ? JSON.stringify(bar.additionalData) : null)))}::jsonb[]) as stored`
  return row!.stored
}

/** Compresses all bars before the month of a date, in one transaction. Returns how many. */
export const compressBars = async (sql: Sql, before: string): Promise<number> => {
  const [row] = await sql<{ moved: number }[]>`
    select coalesce(sum(market.compress_span(first_moment, chunk_end, of_series, ${before}::date)), 0)::integer as moved
    from market.compressible_spans(${before}::date)`
  return row!.moved
}

/** Makes an exchange, its instruments and their series. Returns the ids of the series in the order of `wanted`. */
export const makeSeries = async (
  operator: Sql,
  wanted: readonly { readonly symbol: string; readonly timeframe: string }[],
  exchange = { code: 'XNYS', timezone: 'America/New_York', weekStartsOn: 1 },
): Promise<number[]> => {
  await operator`insert into market.exchanges (code, name, timezone, week_starts_on)
    values (${exchange.code}, 'An exchange', ${exchange.timezone}, ${exchange.weekStartsOn}) on conflict do nothing`
  const ids: number[] = []
  for (const { symbol, timeframe } of wanted) {
    await operator`insert into market.instruments (symbol, name, type, exchange_code, currency)
      values (${symbol}, 'An instrument', 'stock', ${exchange.code}, 'USD') on conflict do nothing`
    const [row] = await operator<{ id: number }[]>`insert into market.series (instrument_id, timeframe)
      select id, ${timeframe} from market.instruments where symbol = ${symbol} returning id`
    ids.push(row!.id)
  }
  return ids
}
