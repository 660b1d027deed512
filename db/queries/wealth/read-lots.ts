import { type SQL, sql } from 'drizzle-orm'
import type { ClosingKind, HoldingTerm, LotOrigin } from '../../../domain/wealth/index.ts'
import type { Transaction } from '../../database.ts'
import { plainArrayText } from '../array-text.ts'

/** The newest daily price of a security, if the platform has one. */
interface Priced {
  /** In dollars, decimal text. */
  readonly price: string | null
  readonly priceDate: string | null
}

export interface StoredLot extends Priced {
  readonly openingId: string
  readonly position: number
  readonly accountId: string
  readonly symbol: string
  readonly origin: LotOrigin
  readonly acquiredOn: string
  readonly holdingFrom: string
  readonly longTermOn: string
  readonly quantity: string
  readonly costBasis: string | null
  readonly washAdjustment: string
  readonly lossBasis: string | null
}

export interface LotFilter {
  readonly householdId: string
  readonly accountId?: string | undefined
  readonly accountIds?: readonly string[] | undefined
  readonly symbol?: string | undefined
  /** Only accounts in which gains are taxed. */
  readonly isTaxable?: boolean | undefined
}

const latestPrice = (symbol: SQL): SQL => sql`left join lateral (
  select l.close::text as price, (l.time at time zone 'UTC')::date::text as "priceDate"
  from market.instruments n join market.series s on s.instrument_id = n.id and s.timeframe = '1d' join market.latest_bars l on l.series_id = s.id
  where n.symbol = ${symbol} limit 1) as latest on true`

/** The newest daily close of a security; undefined if the platform has none. */
export const findLatestPrice = async (transaction: Transaction, symbol: string): Promise<string | undefined> => {
  const [row] = await transaction.execute<{ price: string }>(sql`
    select l.close::text as price from market.instruments n join market.series s on s.instrument_id = n.id and s.timeframe = '1d'
      join market.latest_bars l on l.series_id = s.id where n.symbol = ${symbol} limit 1`)
  return row?.price
}

const where = (filter: LotFilter, alias: string): SQL => {
  const column = (name: string): SQL => sql.raw(`${alias}.${name}`)
  const conditions = [sql`${column('household_id')} = ${filter.householdId}::uuid`]
  if (filter.accountId !== undefined) conditions.push(sql`${column('account_id')} = ${filter.accountId}::uuid`)
  if (filter.accountIds !== undefined) conditions.push(sql`${column('account_id')} = any (${plainArrayText(filter.accountIds)}::uuid[])`)
  if (filter.symbol !== undefined) conditions.push(sql`${column('symbol')} = ${filter.symbol}`)
  if (filter.isTaxable)
    conditions.push(sql`exists (select from wealth.accounts a where a.id = ${column('account_id')} and not ${isAdvantaged('a')})`)
  return sql.join(conditions, sql` and `)
}

/** The place of a lot in a list. */
export type LotPlace = readonly [symbol: string, accountId: string, acquiredOn: string, openingId: string, position: string]

/** Open lots by security, account and day, the oldest first. */
export const listLots = async (
  transaction: Transaction,
  filter: LotFilter,
  limit: number,
  after: LotPlace | undefined,
): Promise<StoredLot[]> => {
  const place = after
    ? sql`and (t.symbol, t.account_id, t.acquired_on, t.opening_id, t.position)
        > (${after[0]}, ${after[1]}::uuid, ${after[2]}::date, ${after[3]}::uuid, ${after[4]}::integer)`
    : sql``
  return [
    ...(await transaction.execute<StoredLot & Record<string, unknown>>(sql`
      select t.opening_id as "openingId", t.position, t.account_id as "accountId", t.symbol, t.origin, t.acquired_on::text as "acquiredOn",
        t.holding_from::text as "holdingFrom", t.long_term_on::text as "longTermOn", trim_scale(t.quantity)::text as quantity,
        t.cost_basis::text as "costBasis", t.wash_adjustment::text as "washAdjustment", t.loss_basis::text as "lossBasis", latest.price,
        latest."priceDate"
      from (select * from wealth.tax_lots t where ${where(filter, 't')} ${place}
        order by t.symbol, t.account_id, t.acquired_on, t.opening_id, t.position limit ${limit}) as t
        ${latestPrice(sql`t.symbol`)}
      order by t.symbol, t.account_id, t.acquired_on, t.opening_id, t.position`)),
  ]
}

/** Lots of a position of one term: the sum of those that have one basis, or one with a basis for a loss of its own. */
export interface StoredPositionPart {
  readonly isLong: boolean
  readonly quantity: string
  /** Null if the basis of a lot is not known. */
  readonly costBasis: string | null
  readonly lossBasis: string | null
}

/** A security in an account: the sums of its lots. */
export interface StoredPosition extends Priced {
  readonly accountId: string
  readonly symbol: string
  readonly isShort: boolean
  readonly quantity: string
  /** Null if the basis of a lot is not known. */
  readonly costBasis: string | null
  readonly washAdjustment: string
  readonly lotCount: number
  /** Its lots. Shares that were sold short are never long-term. */
  readonly parts: readonly StoredPositionPart[]
  /** The next day on which a lot becomes long-term. */
  readonly nextLongTermOn: string | null
}

/** The positions of a household on a day, by security and account. */
export const listPositions = async (transaction: Transaction, householdId: string, today: string): Promise<StoredPosition[]> => [
  ...(await transaction.execute<StoredPosition & Record<string, unknown>>(sql`
    select t.*, latest.price, latest."priceDate" from (
      select account_id as "accountId", symbol, is_short as "isShort", trim_scale(sum(quantity))::text as quantity,
        case when bool_and(cost_basis is not null) then sum(cost_basis)::text end as "costBasis", sum(wash_adjustment)::text as "washAdjustment",
        sum(lots)::integer as "lotCount", min(next_on)::text as "nextLongTermOn",
        json_agg(json_build_object('isLong', is_long, 'quantity', quantity::text, 'costBasis', cost_basis::text, 'lossBasis', loss_basis::text))
          as parts
      from (
        select account_id, symbol, origin = 'short' as is_short, origin <> 'short' and long_term_on <= ${today}::date as is_long,
          sum(quantity) as quantity, case when bool_and(cost_basis is not null) then sum(cost_basis) end as cost_basis,
          min(loss_basis) as loss_basis, sum(wash_adjustment) as wash_adjustment, count(*) as lots,
          min(long_term_on) filter (where origin <> 'short' and long_term_on > ${today}::date) as next_on
        from wealth.tax_lots where household_id = ${householdId}::uuid
        group by 1, 2, 3, 4, case when loss_basis is not null then opening_id end, case when loss_basis is not null then position end) as p
      group by account_id, symbol, is_short) as t
      ${latestPrice(sql`t.symbol`)}
    order by t.symbol, t."accountId", t."isShort"`)),
]

export interface StoredClosing {
  readonly transactionId: string
  readonly position: number
  readonly accountId: string
  readonly ownerId: string | null
  readonly symbol: string
  readonly securityName: string | null
  readonly kind: ClosingKind
  readonly openingId: string | null
  readonly origin: LotOrigin | null
  readonly quantity: string
  readonly acquiredOn: string | null
  readonly holdingFrom: string | null
  readonly closedOn: string
  readonly term: HoldingTerm
  readonly proceeds: string | null
  readonly costBasis: string | null
  readonly disallowedLoss: string
  readonly gain: string | null
  /** Whether gains in the account are not taxed. */
  readonly isTaxAdvantaged: boolean
}

export interface ClosingFilter extends LotFilter {
  readonly taxYear?: number | undefined
  readonly transactionId?: string | undefined
  /** Only losses, before wash sales. */
  readonly isLoss?: boolean | undefined
}

export type ClosingPlace = readonly [closedOn: string, transactionId: string, position: string]

/**
 * SQL: the name under which the lots of an investment transaction are kept. Of the same form as the index: PostgreSQL does not look up a `coalesce`
 * in an index below row-level security, because it takes it for a function that could show rows of others.
 */
export const securityOf = (alias: string): SQL =>
  sql.raw(
    `(case when ${alias}.symbol is not null then ${alias}.symbol when ${alias}.security_id is not null then ${alias}.security_id else ${alias}.security_name end)`,
  )

/** SQL: whether a transaction `t` counts: it is posted, neither a reversal nor reversed. */
export const isCounted = sql`not t.is_pending and t.reverses_id is null and not exists (select from wealth.transactions r where r.reverses_id = t.id)`

/** Account types in which gains are not taxed. */
export const advantagedTypes = [
  '401k',
  '403b',
  '457b',
  'traditional_ira',
  'rollover_ira',
  'roth_ira',
  'sep_ira',
  'simple_ira',
  '529',
  'hsa',
]

/** SQL: whether gains in an account are not taxed. */
export const isAdvantaged = (alias: string): SQL =>
  sql`(coalesce(${sql.raw(alias)}.tax_type = any (${plainArrayText(advantagedTypes)}::text[]), false) or ${sql.raw(alias)}.type = 'retirement')`

/** Whether gains in an account are taxed in the year of the sale. */
export const areGainsTaxed = async (transaction: Transaction, accountId: string): Promise<boolean> => {
  const [row] = await transaction.execute<{ taxed: boolean }>(
    sql`select not ${isAdvantaged('a')} as taxed from wealth.accounts a where a.id = ${accountId}::uuid`,
  )
  return row?.taxed ?? true
}

const closingConditions = (filter: ClosingFilter): SQL => {
  const conditions = [where(filter, 'c')]
  if (filter.taxYear !== undefined) conditions.push(sql`c.tax_year = ${filter.taxYear}`)
  if (filter.transactionId !== undefined) conditions.push(sql`c.transaction_id = ${filter.transactionId}::uuid`)
  if (filter.isLoss) conditions.push(sql`c.proceeds < c.cost_basis`)
  return sql.join(conditions, sql` and `)
}

/** What sales and other transactions have closed, the oldest first. */
export const listClosings = async (
  transaction: Transaction,
  filter: ClosingFilter,
  limit: number,
  after: ClosingPlace | undefined,
): Promise<StoredClosing[]> => {
  const place = after
    ? sql`and (c.closed_on, c.transaction_id, c.position) > (${after[0]}::date, ${after[1]}::uuid, ${after[2]}::integer)`
    : sql``
  return [
    ...(await transaction.execute<StoredClosing & Record<string, unknown>>(sql`
      select c.transaction_id as "transactionId", c.position, c.account_id as "accountId", a.owner_id as "ownerId", c.symbol,
        i.security_name as "securityName", c.kind, c.opening_id as "openingId", c.origin, trim_scale(c.quantity)::text as quantity,
        c.acquired_on::text as "acquiredOn", c.holding_from::text as "holdingFrom", c.closed_on::text as "closedOn", c.term,
        c.proceeds::text as proceeds, c.cost_basis::text as "costBasis", c.disallowed_loss::text as "disallowedLoss", c.gain::text as gain,
        ${isAdvantaged('a')} as "isTaxAdvantaged"
      from wealth.lot_closings c join wealth.accounts a on a.id = c.account_id
        join wealth.investment_transactions i on i.transaction_id = c.transaction_id
      where ${closingConditions(filter)} ${place}
      order by c.closed_on, c.transaction_id, c.position limit ${limit}`)),
  ]
}
