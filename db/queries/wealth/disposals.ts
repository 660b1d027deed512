import { type SQL, sql } from 'drizzle-orm'
import type { DisposalGroup, RealisedRow } from '../../../domain/wealth/index.ts'
import type { Transaction } from '../../database.ts'
import { plainArrayText } from '../array-text.ts'
import { isAdvantaged } from './read-lots.ts'

/** The disposals of a tax year in accounts in which gains are taxed. */
export interface DisposalFilter {
  readonly householdId: string
  readonly year: number
  /** Only those of groups with these keys. */
  readonly keys?: readonly string[] | undefined
  /** Only those with or without a basis. */
  readonly isComplete?: boolean | undefined
  readonly accountId?: string | undefined
  /** Only accounts at an institution. */
  readonly isAtBroker?: boolean | undefined
}

/** The place of a disposal in the list. */
export type DisposalPlace = readonly [soldOn: string, transactionId: string, position: string]

export type StoredDisposal = RealisedRow & { readonly position: number }

// What decides the box. Of a short sale, Form 8949 has the day of the delivery for the purchase too.
const acquired = sql`case when c.kind = 'short' then c.closed_on else c.holding_from end`
const acquiredYear = sql`extract(year from ${acquired})::integer`
const isFund = sql`coalesce(m.type in ('etf', 'mutual_fund'), false)`
const isAtBroker = sql`coalesce(a.institution_name, '') <> ''`
const isComplete = sql`(c.cost_basis is not null and c.proceeds is not null)`
const isAdjusted = sql`(c.disallowed_loss <> 0)`
/** The key of a group: of the columns of a closing, or of the sums of a group. */
const keyOf = (complete: SQL, adjusted: SQL, year: SQL): SQL =>
  sql`concat_ws('|', c.term, c.kind, coalesce(c.origin, ''), ${isFund}, ${isAtBroker}, ${complete}, ${adjusted}, coalesce(${year}::text, ''))`

const ofYear = ({ householdId, year }: DisposalFilter): SQL => sql`c.household_id = ${householdId}::uuid and c.tax_year = ${year}::smallint`

const conditions = (filter: DisposalFilter): SQL => {
  const { accountId, isAtBroker: reported, isComplete: known, keys } = filter
  const all = [ofYear(filter), sql`not ${isAdvantaged('a')}`]
  if (keys !== undefined) all.push(sql`${keyOf(isComplete, isAdjusted, acquiredYear)} = any (${plainArrayText(keys)}::text[])`)
  if (known !== undefined) all.push(known ? isComplete : sql`not ${isComplete}`)
  if (accountId !== undefined) all.push(sql`c.account_id = ${accountId}::uuid`)
  if (reported) all.push(isAtBroker)
  return sql.join(all, sql` and `)
}

/**
 * The sums of the disposals of a year by the facts that decide their box. A group has lots of one calendar year, and `acquiredOn` is the first of them.
 * @param decimals to which each amount is rounded, half up, before it is added
 */
export const sumDisposals = async (transaction: Transaction, filter: DisposalFilter, decimals: 0 | 2): Promise<DisposalGroup[]> => {
  const sum = (column: string): SQL => {
    const amount = sql.raw(`c.${column}`)
    return sql`coalesce(sum(${decimals === 2 ? amount : sql`round(${amount})`}), 0)`
  }
  return [
    ...(await transaction.execute<DisposalGroup & Record<string, unknown>>(sql`
      select key, term, kind, origin, min(acquired)::text as "acquiredOn", is_fund as "isFund", is_at_broker as "isAtBroker", complete as "isComplete",
        adjusted as "isAdjusted", sum(line_count)::int as "lineCount", sum(proceeds)::text as proceeds, sum(basis)::text as basis,
        sum(adjustment)::text as adjustment, sum(proceeds - basis + adjustment)::text as gain
      from (
        select c.*, ${isFund} as is_fund, ${isAtBroker} as is_at_broker, ${keyOf(sql`c.complete`, sql`c.adjusted`, sql`c.acquired_year`)} as key
        -- By account and security first, so that what decides a box is looked up once for each.
        from (select c.account_id, c.symbol, c.term, c.kind, c.origin, ${isComplete} as complete, ${isAdjusted} as adjusted, ${acquiredYear} as acquired_year,
            min(${acquired}) as acquired, count(*) as line_count, ${sum('proceeds')} as proceeds, ${sum('cost_basis')} as basis,
            ${sum('disallowed_loss')} as adjustment
          from wealth.lot_closings c where ${ofYear(filter)} group by 1, 2, 3, 4, 5, 6, 7, 8) c
        join wealth.accounts a on a.id = c.account_id left join market.instruments m on m.symbol = c.symbol
        where not ${isAdvantaged('a')}) c
      group by 1, 2, 3, 4, 6, 7, 8, 9 order by 1`)),
  ]
}

/** The disposals of a year, the oldest first. */
export const listDisposals = async (
  transaction: Transaction,
  filter: DisposalFilter,
  limit: number,
  after?: DisposalPlace,
): Promise<StoredDisposal[]> => {
  const place = after
    ? sql`and (c.closed_on, c.transaction_id, c.position) > (${after[0]}::date, ${after[1]}::uuid, ${after[2]}::integer)`
    : sql``
  return [
    ...(await transaction.execute<StoredDisposal & Record<string, unknown>>(sql`
      select c.transaction_id as "transactionId", c.position, c.opening_id as "lotTransactionId", c.account_id as "accountId", a.owner_id as "ownerId",
        c.symbol, coalesce(i.security_name, m.name, '') as description, trim_scale(c.quantity)::text as quantity, ${acquired}::text as "acquiredOn",
        c.closed_on::text as "soldOn", c.proceeds::text as proceeds, c.cost_basis::text as basis, c.disallowed_loss::text as "disallowedLoss", c.term,
        c.origin, c.kind, ${isFund} as "isFund", ${isAtBroker} as "isAtBroker"
      from wealth.lot_closings c join wealth.accounts a on a.id = c.account_id left join market.instruments m on m.symbol = c.symbol
        join wealth.investment_transactions i on i.transaction_id = c.transaction_id
      where ${conditions(filter)} ${place} order by c.closed_on, c.transaction_id, c.position limit ${limit}::int`)),
  ]
}
