import type { TestPlatform } from '../../support/platform.ts'

/** Gives the market data a security with daily closes. */
export const priceSecurity = async (
  platform: TestPlatform,
  symbol: string,
  closes: Readonly<Record<string, string | number>>,
  more: Readonly<Record<string, unknown>> = {},
): Promise<void> => {
  const administrator = platform.database.connect('postgres')
  await administrator`insert into market.exchanges (code, name, timezone) values ('XNYS', 'New York', 'America/New_York') on conflict do nothing`
  const values = { symbol, name: `${symbol} fund`, type: 'etf', exchange_code: 'XNYS', currency: 'USD', country: 'US', ...more }
  const [instrument] = await administrator<{ id: string }[]>`insert into market.instruments ${administrator(values)} returning id`
  const [series] = await administrator<{ id: number }[]>`
    insert into market.series (instrument_id, timeframe) values (${instrument!.id}, '1d') returning id`
  for (const [date, close] of Object.entries(closes))
    await administrator`
      insert into market.bars (series_id, time, open, high, low, close, volume)
      values (${series!.id}, ${`${date}T00:00:00Z`}, ${close}, ${close}, ${close}, ${close}, 1)`
}
