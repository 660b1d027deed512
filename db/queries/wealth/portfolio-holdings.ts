import { sql } from 'drizzle-orm'
import type { AccountType, BalanceSource, ClassFacts, Statement, TargetWeight } from '../../../domain/wealth/index.ts'
import type { Transaction } from '../../database.ts'
import { arrayText, plainArrayText } from '../array-text.ts'
import { isCounted, securityOf } from './read-lots.ts'

/** Lots of a security in an account, added up as far as one basis and one exchange rate holds for them. */
export interface StoredCostPart {
  readonly accountId: string
  readonly symbol: string
  readonly isShort: boolean
  readonly quantity: string
  readonly costBasis: string | null
  readonly lossBasis: string | null
  /** Null where no currency has to be converted. */
  readonly acquiredOn: string | null
}

/** The open lots of some accounts as they are stored. They are added up by day only where a currency other than the dollar is concerned. */
export const readCostParts = async (
  transaction: Transaction,
  householdId: string,
  accountIds: readonly string[],
  currency: string,
): Promise<StoredCostPart[]> => [
  ...(await transaction.execute<StoredCostPart & Record<string, unknown>>(sql`
    select l.account_id as "accountId", l.symbol, l.origin = 'short' as "isShort", trim_scale(sum(l.quantity))::text as quantity,
      case when bool_and(l.cost_basis is not null) then sum(l.cost_basis)::text end as "costBasis", min(l.loss_basis)::text as "lossBasis",
      (min(l.acquired_on) filter (where ${currency}::text <> 'USD' or n.currency <> 'USD'))::text as "acquiredOn"
    from wealth.tax_lots l left join market.instruments n on n.symbol = l.symbol
    where l.household_id = ${householdId}::uuid and l.account_id = any (${plainArrayText(accountIds)}::uuid[])
    group by 1, 2, 3, case when ${currency}::text <> 'USD' or n.currency <> 'USD' then l.acquired_on end,
      case when l.loss_basis is not null then l.opening_id end, case when l.loss_basis is not null then l.position end
    order by 2, 1, 3, min(l.acquired_on)`)),
]

/** A security of the market data with its newest close on or before a day. */
export interface PricedSecurity extends ClassFacts {
  readonly symbol: string
  readonly name: string
  readonly currency: string
  /** Null: there is no close on or before the day. */
  readonly close: string | null
  readonly closeDate: string | null
}

/** How long before a past day a close may be. Further back, PostgreSQL would read all that the market data have. */
const oldestCloseDays = 400

/** Those of some securities that the market data know. `date` null: with their newest close. */
export const readPricedSecurities = async (
  transaction: Transaction,
  symbols: readonly string[],
  date: string | null,
): Promise<PricedSecurity[]> => {
  const bar =
    date === null
      ? sql`select l.close, l.time from market.latest_bars l where l.series_id = s.id`
      : sql`select b.close, b.time from market.all_bars b where b.series_id = s.id and b.time < ${date}::date + interval '1 day'
          and b.time >= ${date}::date - ${oldestCloseDays}::integer and b.chunk_start <= ${date}::date and b.chunk_end >= ${date}::date - ${oldestCloseDays}::integer
        order by b.time desc limit 1`
  return [
    ...(await transaction.execute<PricedSecurity & Record<string, unknown>>(sql`
      select n.symbol, n.name, n.type, n.country, n.currency, n.market_cap::text as "marketCap", n.composition, trim_scale(bar.close)::text as close,
        (bar.time at time zone 'UTC')::date::text as "closeDate"
      from market.instruments n left join market.series s on s.instrument_id = n.id and s.timeframe = '1d' left join lateral (${bar}) as bar on true
      where n.symbol = any (${arrayText(symbols)}::text[])`)),
  ]
}

/** The last trade of a security, with what it cost, and the splits since. */
export interface LastTrade {
  readonly symbol: string
  readonly date: string
  readonly currency: string
  /** Of one unit, without the fees where the price is known. */
  readonly price: string
  readonly splits: readonly { readonly numerator: number; readonly denominator: number }[]
}

/** The last trade with a price of each of some securities, on or before a day. */
export const findLastTrades = async (
  transaction: Transaction,
  householdId: string,
  symbols: readonly string[],
  date: string,
): Promise<LastTrade[]> => [
  ...(await transaction.execute<LastTrade & Record<string, unknown>>(sql`
    select symbol, date::text as date, currency, price::text as price, coalesce((
        select json_agg(s) from (
          select distinct t.date, i.split_numerator as numerator, i.split_denominator as denominator
          from wealth.transactions t join wealth.investment_transactions i on i.transaction_id = t.id
          where i.household_id = ${householdId}::uuid and ${securityOf('i')} = last.symbol and t.type = 'split' and t.date > last.date
            and t.date <= ${date}::date and i.split_numerator > 0 and ${isCounted}) as s), '[]') as splits
    from (
      select distinct on (${securityOf('i')}) ${securityOf('i')} as symbol, t.date, a.currency,
        -- An option costs its price for each of a hundred shares.
        case when i.price * i.quantity between abs(t.amount) * 0.9 and abs(t.amount) * 1.1 then i.price else abs(t.amount) / i.quantity end as price
      from wealth.investment_transactions i join wealth.transactions t on t.id = i.transaction_id join wealth.accounts a on a.id = t.account_id
      where i.household_id = ${householdId}::uuid and ${securityOf('i')} = any (${arrayText(symbols)}::text[]) and t.date <= ${date}::date
        and t.type in ('buy', 'sell', 'short', 'cover', 'reinvestment') and i.quantity > 0 and t.amount <> 0 and ${isCounted}
      order by ${securityOf('i')}, t.date desc, t.id desc) as last`)),
]

/** An account with its balance on a day, in its currency; null if it is not known. */
export interface BalanceOnDay {
  readonly accountId: string
  readonly name: string
  readonly type: AccountType
  readonly currency: string
  readonly balanceSource: BalanceSource
  readonly balance: string | null
}

/** Some accounts with their balances on a day. */
export const readBalancesOn = async (transaction: Transaction, accountIds: readonly string[], date: string): Promise<BalanceOnDay[]> => [
  ...(await transaction.execute<BalanceOnDay & Record<string, unknown>>(sql`
    select a.id as "accountId", a.name, a.type, a.currency, a.balance_source as "balanceSource", wealth.balance_at(a.id, ${date}::date)::text as balance
    from wealth.accounts a where a.id = any (${plainArrayText(accountIds)}::uuid[]) order by a.name, a.id`)),
]

/** The last statement of an account on or before a day. */
export interface LastStatement extends Statement {
  readonly accountId: string
  /** Whether a transaction of a security was posted after the day of the statement. */
  readonly hasTradedSince: boolean
}

/** The last statements of those of some accounts of which the balance is stated, on or before a day. */
export const findLastStatements = async (
  transaction: Transaction,
  accountIds: readonly string[],
  date: string,
): Promise<LastStatement[]> => [
  ...(await transaction.execute<LastStatement & Record<string, unknown>>(sql`
    select a.id as "accountId", a.currency, v.balance::text as balance, v.date::text as date, since.moved::text as "movedSince", since.traded as "hasTradedSince"
    from wealth.accounts a
    cross join lateral (
      select v.balance, v.date from wealth.account_valuations v where v.account_id = a.id and v.date <= ${date}::date
      order by v.date desc, v.source = 'person' desc, v.source desc limit 1) as v
    cross join lateral (
      select coalesce(sum(t.amount), 0)::numeric(19, 2) as moved, coalesce(bool_or(i.transaction_id is not null), false) as traded
      from wealth.transactions t left join wealth.investment_transactions i on i.transaction_id = t.id and ${securityOf('i')} is not null
      where t.account_id = a.id and t.date > v.date and t.date <= ${date}::date and ${isCounted}) as since
    where a.id = any (${plainArrayText(accountIds)}::uuid[]) and a.balance_source = 'stated'`)),
]

/** The asset classes of securities as a household sees them. */
export const findSecurityClasses = async (
  transaction: Transaction,
  householdId: string,
): Promise<ReadonlyMap<string, readonly TargetWeight[]>> => {
  const rows = await transaction.execute<{ symbol: string; classes: readonly TargetWeight[] }>(
    sql`select symbol, classes from wealth.security_classes where household_id = ${householdId}::uuid`,
  )
  return new Map(rows.map(({ classes, symbol }) => [symbol, classes]))
}

/** The securities that an account of the household has ever held. */
export const findHeldSymbols = async (transaction: Transaction, householdId: string, accountIds: readonly string[]): Promise<string[]> => {
  const rows = await transaction.execute<{ symbol: string }>(sql`
    select distinct ${securityOf('i')} as symbol from wealth.investment_transactions i
    where i.household_id = ${householdId}::uuid and i.account_id = any (${plainArrayText(accountIds)}::uuid[]) and ${securityOf('i')} is not null`)
  return rows.map(({ symbol }) => symbol)
}
