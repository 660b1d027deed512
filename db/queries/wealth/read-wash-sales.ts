import { sql } from 'drizzle-orm'
import type { AccountCoverage } from '../../../domain/wealth/index.ts'
import type { Transaction } from '../../database.ts'
import { arrayText, plainArrayText } from '../array-text.ts'
import { isAdvantaged } from './read-lots.ts'

/** Shares that a transaction has bought or sold, and the loss that they concern. */
export interface SharesOfLoss {
  readonly lossId: string
  readonly lossPosition: number
  readonly transactionId: string
  readonly accountId: string
  readonly symbol: string
  readonly date: string
  readonly quantity: string
}

export interface StoredReplacement extends SharesOfLoss {
  readonly daysFromSale: number
  readonly disallowedLoss: string
  readonly isLost: boolean
}

/** The shares that replaced those of closings of some transactions, in the order in which they did. */
export const findReplacements = async (transaction: Transaction, transactionIds: readonly string[]): Promise<StoredReplacement[]> => {
  if (transactionIds.length === 0) return []
  return [
    ...(await transaction.execute<StoredReplacement & Record<string, unknown>>(sql`
      select w.transaction_id as "lossId", w.closing_position as "lossPosition", w.replacement_id as "transactionId", w.account_id as "accountId",
        w.symbol, w.replaced_on::text as date, w.replaced_on - c.closed_on as "daysFromSale", trim_scale(w.quantity)::text as quantity,
        w.disallowed_loss::text as "disallowedLoss", w.is_lost as "isLost"
      from wealth.wash_sales w join wealth.lot_closings c on c.transaction_id = w.transaction_id and c.position = w.closing_position
      where w.transaction_id = any (${plainArrayText(transactionIds)}::uuid[])
      order by w.transaction_id, w.closing_position, w.position`)),
  ]
}

/** The shares that the household sold in the 61 days around the short sales that some transactions have closed, by day. */
export const findLongSales = async (transaction: Transaction, transactionIds: readonly string[]): Promise<SharesOfLoss[]> => {
  if (transactionIds.length === 0) return []
  return [
    ...(await transaction.execute<SharesOfLoss & Record<string, unknown>>(sql`
      select c.transaction_id as "lossId", c.position as "lossPosition", s.transaction_id as "transactionId", s.account_id as "accountId", s.symbol,
        s.closed_on::text as date, trim_scale(sum(s.quantity))::text as quantity
      from wealth.lot_closings c join wealth.lot_closings s on s.household_id = c.household_id and s.kind = 'sale'
        and s.closed_on between c.closed_on - 30 and c.closed_on + 30
        and (s.symbol = c.symbol or exists (select from wealth.identical_securities i where i.household_id = c.household_id
          and (i.symbol, i.other_symbol) in ((c.symbol, s.symbol), (s.symbol, c.symbol))))
      where c.transaction_id = any (${plainArrayText(transactionIds)}::uuid[]) and c.kind = 'short'
      group by c.transaction_id, c.position, s.transaction_id, s.account_id, s.symbol, s.closed_on
      order by s.closed_on, s.transaction_id`)),
  ]
}

/** What is recorded of each account of a household that can hold securities. */
export const findCoverage = async (transaction: Transaction, householdId: string): Promise<AccountCoverage[]> => [
  ...(await transaction.execute<AccountCoverage & Record<string, unknown>>(sql`
    select a.id as "accountId", a.opened_on::text as "openedOn", a.closed_on::text as "closedOn",
      (select min(t.starts_on)::text from wealth.account_totals t where t.account_id = a.id and t.period = 'day') as "firstOn",
      case when a.plaid_connection_id is not null then 'plaid' when imported.last_on is null or entered.last_on is not null then 'person'
        else 'import' end as source,
      case when a.plaid_connection_id is not null then (p.last_sync_at at time zone h.timezone)::date else imported.last_on end::text as "throughOn"
    from wealth.accounts a join identity.households h on h.id = a.household_id left join wealth.plaid_connections p on p.id = a.plaid_connection_id
      -- The newest day of a file, and of an entry by hand since. Both read the register from its end.
      left join lateral (select t.date as last_on from wealth.transactions t
        where t.account_id = a.id and t.source = 'import' order by t.date desc, t.id desc limit 1) imported on true
      left join lateral (select t.date as last_on from wealth.transactions t
        where t.account_id = a.id and t.source = 'person' and t.date >= imported.last_on order by t.date desc, t.id desc limit 1) entered on true
    where a.household_id = ${householdId}::uuid and a.type in ('investment', 'retirement', 'other') order by a.id`)),
]

/** A loss of the last 30 days with shares that nothing has replaced, or a purchase of the last 30 days. */
export interface WatchedTrade {
  readonly kind: 'loss' | 'purchase'
  readonly transactionId: string
  readonly accountId: string
  readonly symbol: string
  readonly date: string
  readonly quantity: string
  /** Of a loss: the part that still counts. */
  readonly openLoss: string | null
}

/** Trades of the 30 days up to a day that a wash sale can still touch. */
export const findWatchedTrades = async (transaction: Transaction, householdId: string, today: string): Promise<WatchedTrade[]> => [
  ...(await transaction.execute<WatchedTrade & Record<string, unknown>>(sql`
    select 'loss' as kind, c.transaction_id as "transactionId", c.account_id as "accountId", c.symbol, c.closed_on::text as date,
      trim_scale(sum(c.quantity - replaced.quantity))::text as quantity, sum(-c.gain)::text as "openLoss"
    from wealth.lot_closings c join wealth.accounts a on a.id = c.account_id
      left join lateral (select coalesce(sum(w.quantity), 0) as quantity from wealth.wash_sales w
        where w.transaction_id = c.transaction_id and w.closing_position = c.position) as replaced on true
    where c.household_id = ${householdId}::uuid and c.closed_on between ${today}::date - 30 and ${today}::date and c.gain < 0
      and not ${isAdvantaged('a')}
    group by c.transaction_id, c.account_id, c.symbol, c.closed_on having sum(c.quantity - replaced.quantity) > 0
    union all
    select 'purchase', t.opening_id, t.account_id, t.symbol, t.acquired_on::text, trim_scale(sum(t.quantity))::text, null
    from wealth.tax_lots t
    where t.household_id = ${householdId}::uuid and t.acquired_on between ${today}::date - 30 and ${today}::date
      and t.origin in ('purchase', 'reinvestment')
    group by t.opening_id, t.account_id, t.symbol, t.acquired_on
    order by date desc, symbol, kind`)),
]

/** The securities that a person has declared substantially identical to each of some others, both with themselves. */
export const findIdentical = async (transaction: Transaction, householdId: string, symbols: readonly string[]) => {
  const pairs = await transaction.execute<{ symbol: string; other: string }>(sql`
    select symbol, other_symbol as other from wealth.identical_securities
    where household_id = ${householdId}::uuid and (symbol = any (${arrayText(symbols)}::text[]) or other_symbol = any (${arrayText(symbols)}::text[]))`)
  return (symbol: string): string[] => [
    symbol,
    ...pairs.flatMap(pair => (pair.symbol === symbol ? [pair.other] : pair.other === symbol ? [pair.symbol] : [])).toSorted(),
  ]
}
