import type { BenchPlatform } from './platform.ts'

export const transactionCount = 100_000
export const securityCount = 500
const years = 10
const brokers = 10
const banks = 10

/**
 * A household with ten years of transactions in twenty accounts: in ten of them trades and dividends of 500 securities that have a close each weekday, in the
 * others money that comes and goes. Written without triggers, as the repair of a check would make what they keep.
 */
export const fillPortfolioHousehold = async ({ administrator, ask }: BenchPlatform): Promise<string> => {
  const body = JSON.stringify({ name: 'Bench', timezone: 'UTC' })
  const { id: householdId } = (await ask('POST', '/v1/identity/households', { body, mediaType: 'application/json' })) as { id: string }
  await administrator.begin(async sql => {
    await sql`set local session_replication_role = replica`
    await sql`
      insert into wealth.accounts (household_id, name, type, balance_source, opening_balance, opened_on)
      select ${householdId}, case when n <= ${brokers} then 'Broker ' else 'Bank ' end || n, case when n <= ${brokers} then 'investment' else 'checking' end, 'ledger',
        case when n <= ${brokers} then 1000000 else 5000 end, current_date - ${years * 365}::integer
      from generate_series(1, ${brokers + banks}::integer) n`
    // Trades: each account has fifty securities of its own, and buys more often than it sells.
    await sql`
      with own as (
        select id, row_number() over (order by name) - 1 as place from wealth.accounts where household_id = ${householdId} and type = 'investment'
      ), planned as (
        select o.id as account_id, n, (current_date - ${years * 365}::integer + (n::bigint * ${years * 365} / 6000)::integer) as date,
          'S' || lpad((o.place * 50 + n % 50)::text, 3, '0') as symbol, case when n % 5 = 4 then 'dividend' when n % 5 = 3 then 'sell' else 'buy' end as type
        from own o cross join generate_series(1, 6000) n
      ), added as (
        insert into wealth.transactions (household_id, account_id, date, type, amount, description, source, fingerprint)
        select ${householdId}, account_id, date, type, case type when 'buy' then -20 when 'sell' then 10 else 1 end * (1 + n % 7), symbol || ' ' || n, 'import', symbol || n from planned
        returning id, account_id, date, type, description, amount
      )
      insert into wealth.investment_transactions (transaction_id, household_id, account_id, trade_date, symbol, quantity, price)
      select id, ${householdId}, account_id, date, split_part(description, ' ', 1),
        case type when 'buy' then abs(amount) / 100 when 'sell' then amount / 100 end, case when type <> 'dividend' then 100 end from added`
    await sql`
      insert into wealth.transactions (household_id, account_id, date, type, amount, description, source, fingerprint)
      select ${householdId}, a.id, current_date - ${years * 365}::integer + (n::bigint * ${years * 365} / 4000)::integer, 'cash',
        case when n % 10 = 0 then 3000 else -((n * 37) % 600) - 1 end, 'Entry ' || n, 'import', n::text
      from wealth.accounts a cross join generate_series(1, 4000) n where a.household_id = ${householdId} and a.type = 'checking'`
  })
  await administrator`insert into market.exchanges (code, name, timezone) values ('XNYS', 'New York', 'America/New_York') on conflict do nothing`
  await administrator`
    insert into market.instruments (symbol, name, type, exchange_code, currency, country)
    select 'S' || lpad(n::text, 3, '0'), 'Fund ' || n, 'etf', 'XNYS', 'USD', 'US' from generate_series(0, ${securityCount - 1}::integer) n`
  await administrator`insert into market.series (instrument_id, timeframe) select id, '1d' from market.instruments where symbol ~ '^S\\d{3}$'`
  await administrator`
    insert into market.bars (series_id, time, open, high, low, close, volume)
    select s.id, day, price, price, price, price, 1000
    from market.series s cross join generate_series(current_date - ${years * 365 + 40}::integer, current_date, '1 day') day
    cross join lateral (select round((100 + 20 * sin(extract(epoch from day) / 8640000 + s.id))::numeric, 2) as price) p
    where extract(isodow from day) < 6`
  await administrator`select wealth.rebuild_totals()`
  await administrator.unsafe('vacuum analyze')
  return householdId
}
