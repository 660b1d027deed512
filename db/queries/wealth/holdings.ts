import { sql } from 'drizzle-orm'
import type { HoldingRecords, ShareSplit, StoredHolding, UnknownShares } from '../../../domain/wealth/index.ts'
import type { Transaction } from '../../database.ts'
import { arrayText } from '../array-text.ts'
import { findLotChanges } from './lot-changes.ts'
import { isAdvantaged, isCounted, securityOf } from './read-lots.ts'

/** The days that a gift or an inheritance carries over count; those that a wash sale adds, or a short sale takes, do not. */
const from = sql`case when l.origin in ('gift', 'inheritance') then least(l.acquired_on, l.holding_from) else l.acquired_on end`

/** Open lots and closings of some securities that overlap a time, with where they came from. */
const findHoldings = async (
  transaction: Transaction,
  householdId: string,
  symbols: readonly string[],
  first: string,
  last: string,
): Promise<StoredHolding[]> => [
  ...(await transaction.execute<StoredHolding & Record<string, unknown>>(sql`
    with lots as (
      select opening_id, account_id, symbol, origin, acquired_on, holding_from, null::date as closed_on, quantity
      from wealth.tax_lots where household_id = ${householdId}::uuid and acquired_on <= ${last}::date
      union all
      select opening_id, account_id, symbol, origin, acquired_on, holding_from, closed_on, quantity
      from wealth.lot_closings where household_id = ${householdId}::uuid and opening_id is not null and acquired_on <= ${last}::date
        and closed_on >= ${first}::date and kind in ('sale', 'short', 'cash_in_lieu')
    ), opened as (
      select l.*, t.account_id as opened_account, t.date as opened_on,
        case when t.type = 'spin_off' then i.new_symbol else ${securityOf('i')} end as opened_symbol
      from lots l join wealth.transactions t on t.id = l.opening_id join wealth.investment_transactions i on i.transaction_id = t.id
    )
    select l.account_id as "accountId", l.symbol, l.opened_account as "openedAccountId", l.opened_symbol as "openedSymbol",
      l.opened_on::text as "openedOn", moved.date::text as "movedOn", coalesce(moved.type = 'merger', false) as "isMerged",
      (${from})::text as from, l.closed_on::text as until, trim_scale(l.quantity)::text as quantity, l.origin = 'short' as "isShort"
    from opened l join wealth.accounts a on a.id = l.account_id
    left join lateral (
      select t.date, t.type from wealth.transactions t join wealth.investment_transactions i on i.transaction_id = t.id
      where (l.account_id <> l.opened_account or l.symbol <> l.opened_symbol) and t.account_id = l.account_id and ${isCounted}
        and (t.type = 'transfer_in' and ${securityOf('i')} = l.symbol or t.type in ('merger', 'symbol_change') and i.new_symbol = l.symbol)
        and t.date >= l.opened_on and (l.closed_on is null or t.date <= l.closed_on)
      order by t.date desc, t.id desc limit 1) as moved on true
    where not ${isAdvantaged('a')} and (l.symbol = any (${arrayText(symbols)}::text[]) or l.opened_symbol = any (${arrayText(symbols)}::text[]))
    order by l.acquired_on, l.opening_id, l.closed_on`)),
]

const findSplits = async (
  transaction: Transaction,
  householdId: string,
  symbols: readonly string[],
  first: string,
): Promise<ShareSplit[]> => [
  ...(await transaction.execute<ShareSplit & Record<string, unknown>>(sql`
    select distinct ${securityOf('i')} as symbol, t.date::text as date, i.split_numerator as numerator, i.split_denominator as denominator
    from wealth.transactions t join wealth.investment_transactions i on i.transaction_id = t.id
    where i.household_id = ${householdId}::uuid and t.type = 'split' and t.date >= ${first}::date and ${isCounted}
      and i.split_numerator > 0 and i.split_denominator > 0 and ${securityOf('i')} = any (${arrayText(symbols)}::text[])`)),
]

/** What left an account without a lot that is stored: shares that were not held, and transfers without another half in the household. */
const findUnknownShares = async (
  transaction: Transaction,
  householdId: string,
  symbols: readonly string[],
  first: string,
): Promise<UnknownShares[]> => [
  ...(await transaction.execute<UnknownShares & Record<string, unknown>>(sql`
    select account_id as "accountId", symbol, closed_on::text as date from wealth.lot_closings
    where household_id = ${householdId}::uuid and opening_id is null and symbol = any (${arrayText(symbols)}::text[]) and closed_on >= ${first}::date
    union
    select t.account_id, ${securityOf('i')}, t.date::text from wealth.transactions t join wealth.investment_transactions i on i.transaction_id = t.id
    where i.household_id = ${householdId}::uuid and t.type = 'transfer_out' and t.date >= ${first}::date and i.quantity > 0 and ${isCounted}
      and ${securityOf('i')} = any (${arrayText(symbols)}::text[])
      and (i.lot_origin = 'gift' or exists (
        select from wealth.lot_problems p where p.transaction_id = t.id and p.kind = 'transfer_without_other_half'))`)),
]

/**
 * How long the shares of some securities were held in the accounts of a household that are taxed, by the stored tax lots.
 * @param first closings before it are left out
 * @param last lots that were acquired after it are left out
 */
export const readHoldings = async (
  transaction: Transaction,
  householdId: string,
  symbols: readonly string[],
  first: string,
  last: string,
): Promise<HoldingRecords> => {
  if (symbols.length === 0) return { holdings: [], splits: [], unknown: [], waiting: [] }
  return {
    holdings: await findHoldings(transaction, householdId, symbols, first, last),
    splits: await findSplits(transaction, householdId, symbols, first),
    unknown: await findUnknownShares(transaction, householdId, symbols, first),
    waiting: (await findLotChanges(transaction, householdId)).map(({ symbol }) => symbol),
  }
}
