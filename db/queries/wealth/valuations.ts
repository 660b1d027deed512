import { sql } from 'drizzle-orm'
import type { Transaction } from '../../database.ts'
import { accountValuations } from '../../schema/wealth/valuations.ts'
import { rowsOf } from '../rows.ts'

export const valuationRows = rowsOf(accountValuations)
export type Valuation = typeof accountValuations.$inferSelect

export interface BalanceOnDate {
  readonly accountId: string
  readonly currency: string
  readonly date: string
  readonly balance: string
}

/**
 * The balances of accounts at the ends of days, by account and date: computed from what is entered now, so they are right after a back-dated entry. A day
 * before an account begins and a day after it was closed are left out.
 * @param of one account, or all of a household
 */
export const balancesOn = async (
  transaction: Transaction,
  of: { readonly accountId: string } | { readonly householdId: string },
  dates: readonly string[],
): Promise<BalanceOnDate[]> => {
  const accounts = 'accountId' in of ? sql`a.id = ${of.accountId}` : sql`a.household_id = ${of.householdId}`
  return [
    ...(await transaction.execute<BalanceOnDate & Record<string, unknown>>(sql`
      select a.id as "accountId", a.currency, day.date::text as date, at.balance::text as balance
      from wealth.accounts a
      cross join jsonb_array_elements_text(${JSON.stringify(dates)}::text::jsonb) as given (text)
      cross join lateral (select given.text::date as date) as day
      cross join lateral (select wealth.balance_at(a.id, day.date) as balance) as at
      where ${accounts} and at.balance is not null and (a.closed_on is null or day.date <= a.closed_on)
      order by a.id, day.date`)),
  ]
}

/**
 * Stores for each account of a household the balances of the days that have ended there since its last snapshot; for a new account, since it was made.
 * What is stored already stays. Returns how many were stored.
 * @param yesterday the last day that has ended in the timezone of the household
 */
export const takeSnapshots = async (transaction: Transaction, householdId: string, yesterday: string): Promise<number> => {
  const rows = await transaction.execute(sql`
    insert into wealth.balance_snapshots (household_id, account_id, date, balance, available_balance, currency)
    select a.household_id, a.id, day.date::date, at.balance,
      case when a.balance_source = 'ledger' then at.balance + coalesce(
          (select sum(t.amount) from wealth.transactions t where t.account_id = a.id and t.is_pending and t.date <= day.date), 0)
        else (select v.available from wealth.account_valuations v where v.account_id = a.id and v.date <= day.date
          order by v.date desc, v.source = 'person' desc, v.source desc limit 1) end,
      a.currency
    from wealth.accounts a
    join identity.households h on h.id = a.household_id
    cross join lateral generate_series(
      coalesce((select max(s.date) + 1 from wealth.balance_snapshots s where s.account_id = a.id), (a.created_at at time zone h.timezone)::date),
      least(${yesterday}::date, a.closed_on), interval '1 day') as day (date)
    cross join lateral (select wealth.balance_at(a.id, day.date::date) as balance) as at
    where a.household_id = ${householdId} and at.balance is not null
    on conflict (account_id, date) do nothing
    returning account_id`)
  return rows.length
}
