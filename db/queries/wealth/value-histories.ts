import { sql } from 'drizzle-orm'
import type { HistoryState } from '../../../domain/wealth/index.ts'
import type { Transaction } from '../../database.ts'
import type { HistoryMetrics, HistoryPrice } from '../../schema/wealth/value-histories.ts'
import { arrayText, plainArrayText } from '../array-text.ts'

/** Lets one calculation of the value history of a household run at a time, until the transaction ends. */
export const lockValues = async (transaction: Transaction, householdId: string): Promise<void> => {
  await transaction.execute(sql`select pg_advisory_xact_lock(hashtextextended('values ' || ${householdId}, 0))`)
}

/** Days since 1970-01-01. */
const dayOf = (column: string) => sql.raw(`(${column} - '1970-01-01'::date)`)
const dateOf = (day: number) => sql`('1970-01-01'::date + ${day}::integer)`

/** A stored value history, and from which day on it is not that of the ledger and the prices any more. Days since 1970-01-01. */
export interface StoredHistory extends HistoryMetrics {
  readonly currency: string
  readonly firstDay: number
  readonly lastDay: number
  /** Null: nothing has changed. */
  readonly changedFrom: number | null
  readonly expiresAt: string
}

/** The stored value history of a household, undefined if there is none, or if its time is over. */
export const findStoredHistory = async (transaction: Transaction, householdId: string): Promise<StoredHistory | undefined> => {
  const [row] = await transaction.execute<StoredHistory & Record<string, unknown>>(sql`
    select v.currency, ${dayOf('v.first_day')} as "firstDay", ${dayOf('v.last_day')} as "lastDay", v.expires_at::text as "expiresAt",
      v.cached_metrics -> 'unpriced' as unpriced, v.cached_metrics -> 'unconverted' as unconverted,
      (least((select min(c.from_day) from wealth.value_changes c where c.household_id = v.household_id), changed.day) - '1970-01-01'::date) as "changedFrom"
    from wealth.value_histories v
    cross join lateral (
      select min(case
        when now.source is distinct from p.source or now.currency is distinct from p.currency then '0001-01-01'::date
        -- Revisions have no gaps: where one is not there, it is forgotten.
        else (select case when count(*) = now.revision - p.revision then min(c.first_day) else '0001-01-01'::date end
          from market.price_changes c where c.source = p.source and c.revision > p.revision) end) as day
      from jsonb_to_recordset(v.prices) as p (symbol text, source text, currency text, revision bigint)
      left join lateral (
        select 'series ' || s.id as source, n.currency, coalesce(r.revision, 0) as revision
        from market.instruments n join market.series s on s.instrument_id = n.id and s.timeframe = '1d'
        left join market.price_revisions r on r.source = 'series ' || s.id where n.symbol = p.symbol
        union all
        select 'rates', null, coalesce((select r.revision from market.price_revisions r where r.source = 'rates'), 0) where p.symbol is null
      ) as now on true
      where (now.source, now.currency, now.revision) is distinct from (p.source, p.currency, p.revision)
        and (now.source is not null or p.source is not null)
    ) as changed
    where v.household_id = ${householdId}::uuid and v.expires_at > now()`)
  return row
}

/** The prices of securities as they are now, to find later what has changed. */
export const readHistoryPrices = async (transaction: Transaction, symbols: readonly string[]): Promise<HistoryPrice[]> => [
  ...(await transaction.execute<HistoryPrice & Record<string, unknown>>(sql`
    select asked.symbol, now.source, now.currency, coalesce(now.revision, 0)::float8 as revision
    from unnest(${arrayText(symbols)}::text[]) as asked (symbol)
    left join lateral (
      select 'series ' || s.id as source, n.currency, r.revision
      from market.instruments n join market.series s on s.instrument_id = n.id and s.timeframe = '1d'
      left join market.price_revisions r on r.source = 'series ' || s.id where n.symbol = asked.symbol
    ) as now on true
    union all
    select null, 'rates', null, coalesce((select r.revision from market.price_revisions r where r.source = 'rates'), 0)::float8`)),
]

/** All securities of the ledger of a household. */
export const findLedgerSymbols = async (transaction: Transaction, householdId: string): Promise<string[]> => {
  const rows = await transaction.execute<{ symbol: string }>(sql`
    select distinct symbol from (
      select coalesce(i.symbol, i.security_id, i.security_name) as symbol from wealth.investment_transactions i where i.household_id = ${householdId}::uuid
      union all
      select i.new_symbol from wealth.investment_transactions i where i.household_id = ${householdId}::uuid and i.new_symbol is not null
    ) as named where symbol is not null`)
  return rows.map(({ symbol }) => symbol)
}

/** The ids of the notes of changes that are visible now. */
export const findValueChanges = async (transaction: Transaction, householdId: string): Promise<string[]> => {
  const rows = await transaction.execute<{ id: string }>(sql`select id from wealth.value_changes where household_id = ${householdId}::uuid`)
  return rows.map(({ id }) => id)
}

/** The last stored state before a day; undefined: the history has to be calculated from its beginning. */
export const findStateBefore = async (transaction: Transaction, householdId: string, day: number): Promise<HistoryState | undefined> => {
  const [row] = await transaction.execute<{ state: HistoryState }>(sql`
    select state from wealth.value_states where household_id = ${householdId}::uuid and day < ${dateOf(day)} order by day desc limit 1`)
  return row?.state
}

/** The values of an account on some days, and what changed them in a range. */
export interface StoredValues {
  readonly accountId: string | null
  /** The asked days of which a value is stored, and their values. On others the account has nothing. */
  readonly days: readonly number[]
  readonly values: readonly number[]
  readonly flow: number
  readonly income: number
  readonly fees: number
  readonly priceGain: number
  readonly currencyGain: number
}

/**
 * What is asked of a quarter: the values of some of its days, and the sum of its changes in a part of it. `after` and `until` number the days of the quarter
 * from 1: the changes of the day `after` and before are left out, those of the day `until` are the last ones.
 */
export interface AskedQuarter {
  readonly firstDay: number
  readonly days: readonly number[]
  readonly after: number
  readonly until: number
}

/** Values and changes of all accounts of a household, in some quarters of the stored history. */
export const readStoredValues = async (
  transaction: Transaction,
  householdId: string,
  quarters: readonly AskedQuarter[],
): Promise<StoredValues[]> => {
  const sumOf = (column: string) => {
    const name = sql.raw(`v.${column}`)
    return sql`coalesce(sum(${name}[q.until] - case when q.after > 0 then ${name}[q.after] else 0 end) filter (where q.until > q.after), 0)`
  }
  const rows = await transaction.execute<Omit<StoredValues, 'days' | 'values'> & { picked: [number, number[]][] }>(sql`
    select v.account_id as "accountId", ${sumOf('flow')} as flow, ${sumOf('income')} as income, ${sumOf('fees')} as fees, ${sumOf('price_gain')} as "priceGain",
      ${sumOf('currency_gain')} as "currencyGain", json_agg(json_build_array(q."firstDay", picked.list)) as picked
    from jsonb_to_recordset(${JSON.stringify(quarters)}::text::jsonb) as q ("firstDay" integer, days integer[], after integer, until integer)
    join wealth.account_values v on v.household_id = ${householdId}::uuid and v.first_day = '1970-01-01'::date + q."firstDay"
    cross join lateral (select coalesce(json_agg(v.value[day - q."firstDay" + 1]), '[]') as list from unnest(q.days) as day) as picked
    group by v.account_id`)
  const daysOf = new Map(quarters.map(({ days, firstDay }) => [firstDay, days]))
  return rows.map(({ picked, ...account }) => ({
    ...account,
    days: picked.flatMap(([firstDay]) => daysOf.get(firstDay)!),
    values: picked.flatMap(([, values]) => values),
  }))
}

/** The values of an account in a quarter; all but the value are sums from the first day on. */
export interface QuarterValues {
  readonly accountId: string | null
  readonly firstDay: number
  readonly value: readonly number[]
  readonly flow: readonly number[]
  readonly income: readonly number[]
  readonly fees: readonly number[]
  readonly priceGain: readonly number[]
  readonly currencyGain: readonly number[]
}

export interface NewHistory extends Omit<StoredHistory, 'changedFrom'> {
  readonly prices: readonly HistoryPrice[]
  /** The first day that is replaced. */
  readonly fromDay: number
  /** Whether the stored days before it stay. */
  readonly isContinued: boolean
  readonly quarters: readonly QuarterValues[]
  readonly states: readonly HistoryState[]
}

/** Replaces the stored value history of a household from a day on. */
export const storeHistory = async (
  transaction: Transaction,
  householdId: string,
  { currency, expiresAt, firstDay, fromDay, isContinued, lastDay, prices, quarters, states, unconverted, unpriced }: NewHistory,
): Promise<void> => {
  const replaced = (column: string) => (isContinued ? sql`and ${sql.raw(column)} >= ${dateOf(fromDay)}` : sql``)
  await transaction.execute(sql`delete from wealth.account_values where household_id = ${householdId}::uuid ${replaced('first_day')}`)
  await transaction.execute(sql`delete from wealth.value_states where household_id = ${householdId}::uuid ${replaced('day')}`)
  await transaction.execute(sql`delete from wealth.value_histories where household_id = ${householdId}::uuid`)
  await transaction.execute(sql`
    insert into wealth.account_values (household_id, account_id, first_day, value, flow, income, fees, price_gain, currency_gain)
    select ${householdId}::uuid, "accountId", '1970-01-01'::date + "firstDay", value, flow, income, fees, "priceGain", "currencyGain"
    from jsonb_to_recordset(${JSON.stringify(quarters)}::text::jsonb) as q ("accountId" uuid, "firstDay" integer, value float8[], flow float8[],
      income float8[], fees float8[], "priceGain" float8[], "currencyGain" float8[])`)
  await transaction.execute(sql`
    insert into wealth.value_states (household_id, day, state)
    select ${householdId}::uuid, '1970-01-01'::date + (state ->> 'day')::integer, state from jsonb_array_elements(${JSON.stringify(states)}::text::jsonb) as state`)
  await transaction.execute(sql`
    insert into wealth.value_histories (household_id, currency, first_day, last_day, cached_metrics, prices, expires_at)
    values (${householdId}::uuid, ${currency}, ${dateOf(firstDay)}, ${dateOf(lastDay)}, ${JSON.stringify({ unpriced, unconverted })}::text::jsonb,
      ${JSON.stringify(prices)}::text::jsonb, ${expiresAt}::timestamptz)`)
}

/** Removes the stored value history of a household that has no history any more. */
export const removeHistory = async (transaction: Transaction, householdId: string): Promise<void> => {
  await transaction.execute(sql`
    with gone as (delete from wealth.account_values where household_id = ${householdId}::uuid),
      forgotten as (delete from wealth.value_states where household_id = ${householdId}::uuid)
    delete from wealth.value_histories where household_id = ${householdId}::uuid`)
}

/** Removes the notes of changes that a calculation has seen. Those that were committed since stay. */
export const removeValueChanges = async (transaction: Transaction, ids: readonly string[]): Promise<void> => {
  if (ids.length > 0) await transaction.execute(sql`delete from wealth.value_changes where id = any (${plainArrayText(ids)}::uuid[])`)
}
