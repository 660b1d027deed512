import { sql } from 'drizzle-orm'
import {
  type ExchangeCalendar,
  type HealthLotProblem,
  healthLimits,
  type HeldBars,
  type HeldSecurity,
  type HeldThroughSplit,
  type KnownSplit,
} from '../../../../domain/wealth/data-health/index.ts'
import type { Transaction } from '../../../database.ts'
import { arrayText } from '../../array-text.ts'
import { instantText } from '../../instant-text.ts'
import { isCounted, securityOf } from '../read-lots.ts'

/** The securities with open lots, with what the market data and the ledger know of each. */
export const readHeldSecurities = async (transaction: Transaction, householdId: string): Promise<HeldSecurity[]> => [
  ...(await transaction.execute<HeldSecurity & Record<string, unknown>>(sql`
    with held as materialized (
      select l.symbol, trim_scale(sum(case when l.origin = 'short' then -l.quantity else l.quantity end))::text as quantity,
        (array_agg(l.account_id order by l.acquired_on, l.opening_id))[1] as account_id
      from wealth.tax_lots l where l.household_id = ${householdId}::uuid group by l.symbol
    )
    select h.symbol, h.quantity, h.account_id as "accountId", n.id is not null or named.yes as "hasSymbol",
      case when n.id is not null then jsonb_build_object('name', n.name, 'currency', n.currency, 'exchangeCode', n.exchange_code, 'type', n.type,
        'country', n.country, 'marketCap', n.market_cap::text, 'composition', n.composition) end as listing,
      trim_scale(bar.close)::text as close, (bar.time at time zone 'UTC')::date::text as "closeDate", traded.date::text as "lastTradeOn", c.classes
    from held h
    left join market.instruments n on n.symbol = h.symbol
    left join market.series s on s.instrument_id = n.id and s.timeframe = '1d'
    left join market.latest_bars bar on bar.series_id = s.id
    left join wealth.security_classes c on c.household_id = ${householdId}::uuid and c.symbol = h.symbol
    -- Only of those without a price: it takes time.
    left join lateral (
      select max(i.trade_date) as date from wealth.investment_transactions i
      where bar.time is null and i.household_id = ${householdId}::uuid and ${securityOf('i')} = h.symbol and i.quantity > 0 and i.price > 0) as traded on true
    left join lateral (
      select n.id is null and (exists (
          select from wealth.investment_transactions i
          where i.household_id = ${householdId}::uuid and ${securityOf('i')} = h.symbol and i.symbol is not null)
        or exists (select from wealth.investment_transactions i where i.household_id = ${householdId}::uuid and i.new_symbol = h.symbol)) as yes) as named on true
    order by h.symbol`)),
]

/** The days of exchanges from a day on. */
export const readCalendars = async (transaction: Transaction, codes: readonly string[], from: string): Promise<ExchangeCalendar[]> => [
  ...(await transaction.execute<ExchangeCalendar & Record<string, unknown>>(sql`
    select e.code, to_jsonb(e.trading_days) as "tradingDays", coalesce((
        select jsonb_agg(h.date order by h.date) from market.exchange_holidays h
        where h.exchange_code = e.code and h.closes_at is null and h.date >= ${from}::date), '[]') as holidays
    from market.exchanges e where e.code = any (${arrayText(codes)}::text[])`)),
]

const numbersOf = (text: string): number[] => JSON.parse(`[${text.slice(1, -1)}]`)

/**
 * The daily bars of securities from a day on, with two arrays of prices for each: a row for each bar would take many times as long. Jumps are looked for in
 * them, so that prices of seven digits are enough.
 */
export const readHeldBars = async (transaction: Transaction, symbols: readonly string[], from: string): Promise<HeldBars[]> => {
  const rows = await transaction.execute<{ symbol: string; days: string; opens: string; closes: string }>(sql`
    select n.symbol, bars.days::text as days, bars.opens::text as opens, bars.closes::text as closes
    from (
      select b.series_id, array_agg(b.day order by b.day) as days, array_agg(b.open order by b.day) as opens, array_agg(b.close order by b.day) as closes
      from (
        select b.series_id, (b.time at time zone 'UTC')::date - '1970-01-01'::date as day, b.open::float4 as open, b.close::float4 as close
        from market.all_bars b
        where b.time >= ${from}::date and b.chunk_end >= ${from}::date and b.series_id in (
          select s.id from market.series s join market.instruments n on n.id = s.instrument_id
          where s.timeframe = '1d' and n.symbol = any (${arrayText(symbols)}::text[])) offset 0) as b
      group by b.series_id) as bars
    join market.series s on s.id = bars.series_id join market.instruments n on n.id = s.instrument_id
    order by n.symbol`)
  return rows.map(({ closes, days, opens, symbol }) => ({
    symbol,
    days: Int32Array.from(numbersOf(days)),
    opens: Float64Array.from(numbersOf(opens)),
    closes: Float64Array.from(numbersOf(closes)),
  }))
}

/** The splits of securities in the market data. */
export const readMarketSplits = async (transaction: Transaction, symbols: readonly string[]): Promise<KnownSplit[]> => [
  ...(await transaction.execute<KnownSplit & Record<string, unknown>>(sql`
    select n.symbol, s.ex_date::text as date, s.numerator, s.denominator
    from market.splits s join market.instruments n on n.id = s.instrument_id
    where n.symbol = any (${arrayText(symbols)}::text[]) order by n.symbol, s.ex_date`)),
]

/** The splits of the ledger of a household. */
export const readEnteredSplits = async (transaction: Transaction, householdId: string): Promise<KnownSplit[]> => [
  ...(await transaction.execute<KnownSplit & Record<string, unknown>>(sql`
    select distinct ${securityOf('i')} as symbol, t.date::text as date, i.split_numerator as numerator, i.split_denominator as denominator
    from wealth.investment_transactions i join wealth.transactions t on t.id = i.transaction_id
    where i.household_id = ${householdId}::uuid and i.split_numerator is not null and i.split_numerator <> i.split_denominator
      and t.type = 'split' and ${isCounted}`)),
]

/**
 * Shares that accounts have held since before a split of the market data, without a split in the ledger at that time: of the account, or of the one in which
 * the shares were before a transfer.
 */
export const findHeldThroughSplits = async (transaction: Transaction, householdId: string, today: string): Promise<HeldThroughSplit[]> => [
  ...(await transaction.execute<HeldThroughSplit & Record<string, unknown>>(sql`
    select l.account_id as "accountId", l.symbol, s.ex_date::text as date, s.numerator, s.denominator,
      trim_scale(sum(case when l.origin = 'short' then -l.quantity else l.quantity end))::text as quantity
    from wealth.tax_lots l join market.instruments n on n.symbol = l.symbol join market.splits s on s.instrument_id = n.id
      join wealth.transactions o on o.id = l.opening_id
    where l.household_id = ${householdId}::uuid and s.ex_date > o.date and s.ex_date <= ${today}::date and not exists (
      select from wealth.investment_transactions i join wealth.transactions t on t.id = i.transaction_id
      where i.household_id = ${householdId}::uuid and ${securityOf('i')} = l.symbol and i.account_id in (l.account_id, o.account_id)
        and t.type in ('split', 'stock_dividend') and abs(t.date - s.ex_date) <= ${healthLimits.splitDays}::integer and ${isCounted})
    group by l.account_id, l.symbol, s.ex_date, s.numerator, s.denominator
    order by l.symbol, s.ex_date, l.account_id`)),
]

/** What the lots of a household lack. */
export const readHealthLotProblems = async (transaction: Transaction, householdId: string): Promise<HealthLotProblem[]> => [
  ...(await transaction.execute<HealthLotProblem & Record<string, unknown>>(sql`
    select p.account_id as "accountId", p.symbol, p.kind, t.date::text as date, trim_scale(p.quantity)::text as quantity
    from wealth.lot_problems p join wealth.transactions t on t.id = p.transaction_id where p.household_id = ${householdId}::uuid
    order by p.symbol, t.date, p.transaction_id, p.kind`)),
]

/** How many securities wait for their lots, and since when; null if none does. The id of a note has the time at which it was made. */
export const readLotWork = async (
  transaction: Transaction,
  householdId: string,
): Promise<{ readonly since: string; readonly count: number } | null> => {
  const since = instantText(
    sql`to_timestamp(('x' || lpad(substr(replace(min(c.id::text), '-', ''), 1, 12), 16, '0'))::bit(64)::bigint / 1000.0)`,
  )
  const [row] = await transaction.execute<{ since: string; count: number }>(sql`
    select ${since} as since, count(distinct c.symbol)::integer as count
    from wealth.lot_changes c where c.household_id = ${householdId}::uuid having count(*) > 0`)
  return row ?? null
}
