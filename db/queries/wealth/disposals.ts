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
const isFund = sql`coalesce(m.type in ('etf', 'mutual_fund'), false)`
const isAtBroker = sql`coalesce(a.institution_name, '') <> ''`
const isComplete = sql`(c.cost_basis is not null and c.proceeds is not null)`
const isAdjusted = sql`(c.disallowed_loss <> 0)`
const key = sql`concat_ws('|', c.term, c.kind, coalesce(c.origin, ''), ${isFund}, ${isAtBroker}, ${isComplete}, ${isAdjusted},
  coalesce(extract(year from ${acquired})::text, ''))`

const conditions = ({ accountId, householdId, isAtBroker: reported, isComplete: known, keys, year }: DisposalFilter): SQL => {
  const all = [sql`c.household_id = ${householdId}::uuid`, sql`c.tax_year = ${year}::smallint`, sql`not ${isAdvantaged('a')}`]
  if (keys !== undefined) all.push(sql`${key} = any (${plainArrayText(keys)}::text[])`)
  if (known !== undefined) all.push(known ? isComplete : sql`not ${isComplete}`)
  if (accountId !== undefined) all.push(sql`c.account_id = ${accountId}::uuid`)
  if (reported) all.push(isAtBroker)
  return sql.join(all, sql` and `)
}

const from = sql`from wealth.lot_closings c join wealth.accounts a on a.id = c.account_id left join market.instruments m on m.symbol = c.symbol`

/**
 * The sums of the disposals of a year by the facts that decide their box. A group has lots of one calendar year, and `acquiredOn` is the first of them.
 * @param decimals to which each amount is rounded, half up, before it is added
 */
export const sumDisposals = async (transaction: Transaction, filter: DisposalFilter, decimals: 0 | 2): Promise<DisposalGroup[]> => {
  const rounded = (column: SQL): SQL => sql`round(coalesce(${column}, 0), ${decimals}::int)`
  const [proceeds, basis, adjustment] = [rounded(sql`c.proceeds`), rounded(sql`c.cost_basis`), rounded(sql`c.disallowed_loss`)]
  return [
    ...(await transaction.execute<DisposalGroup & Record<string, unknown>>(sql`
      select ${key} as key, c.term, c.kind, c.origin, min(${acquired})::text as "acquiredOn", ${isFund} as "isFund", ${isAtBroker} as "isAtBroker",
        ${isComplete} as "isComplete", ${isAdjusted} as "isAdjusted", count(*)::int as "lineCount", sum(${proceeds})::text as proceeds,
        sum(${basis})::text as basis, sum(${adjustment})::text as adjustment, sum(${proceeds} - ${basis} + ${adjustment})::text as gain
      ${from} where ${conditions(filter)} group by 1, 2, 3, 4, 6, 7, 8, 9 order by 1`)),
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
      ${from} join wealth.investment_transactions i on i.transaction_id = c.transaction_id
      where ${conditions(filter)} ${place} order by c.closed_on, c.transaction_id, c.position limit ${limit}::int`)),
  ]
}
