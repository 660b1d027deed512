import { sql } from 'drizzle-orm'
import type { Transaction } from '../../database.ts'
import { plainArrayText } from '../array-text.ts'

interface Posted {
  readonly id: string
  readonly accountId: string
  readonly date: string
}

/**
 * The balance of an account after each of some rows, by their ids; pending rows have none. Reads the totals of the days between the first and
 * the last row and the rows of the days of the rows, whatever the length of the ledger.
 */
export const readRunningBalances = async (transaction: Transaction, rows: readonly Posted[]): Promise<ReadonlyMap<string, string>> => {
  const days = JSON.stringify([
    ...new Map(rows.map(({ accountId, date }) => [accountId + date, { account: accountId, day: date }])).values(),
  ])
  const found = await transaction.execute<{ id: string; balance: string }>(sql`
    with days as materialized (
      select account, day from jsonb_to_recordset(${days}::text::jsonb) as d (account uuid, day date)
    ), spans as materialized (
      select account, min(day) as first, max(day) as last from days group by account
    ), starts as (
      select s.account, s.first, s.last, a.opening_balance + wealth.ledger_total(s.account, s.first - 1) as amount
      from spans s join wealth.accounts a on a.id = s.account
    ), ends as (
      select s.account, t.starts_on as day, t.amount as moved, s.amount + sum(t.amount) over (partition by s.account order by t.starts_on) as amount
      from starts s join wealth.account_totals t on t.account_id = s.account and t.period = 'day' and t.starts_on between s.first and s.last
    ), posted as (
      select t.id, e.amount - e.moved + sum(t.amount) over (partition by t.account_id, t.date order by t.id) as balance
      from days d join ends e using (account, day)
      join wealth.transactions t on t.account_id = d.account and t.date = d.day and not t.is_pending
    )
    select id, balance::numeric(22, 2)::text as balance from posted where id = any (${plainArrayText(rows.map(({ id }) => id))}::uuid[])`)
  return new Map(found.map(({ balance, id }) => [id, balance]))
}
