import { and, asc, eq, getTableColumns, inArray, isNotNull, sql } from 'drizzle-orm'
import type { Transaction } from '../../database.ts'
import { accounts } from '../../schema/wealth/accounts.ts'
import { rowsOf } from '../rows.ts'

/** The balance of an account today, in the timezone of its household. Amounts are exact text. */
export interface AccountBalance {
  readonly today: string
  readonly current: string | null
  readonly available: string | null
  readonly vested: string | null
  readonly unvested: string | null
  /** The day of the last posted transaction, or of the last statement. */
  readonly date: string | null
}

/** It names the columns of the row itself, so that an insert and a change answer with the new balance. */
const balance = sql<AccountBalance>`(
  select jsonb_build_object('today', day.today) || case when accounts.balance_source = 'ledger' then (
      select jsonb_build_object('current', total::text, 'available', (total + coalesce(
          (select sum(t.amount) from wealth.transactions t where t.account_id = accounts.id and t.is_pending and t.date <= day.today), 0))::text,
        'vested', null, 'unvested', null,
        'date', (select max(t.starts_on) from wealth.account_totals t where t.account_id = accounts.id and t.period = 'day' and t.starts_on <= day.today))
      from (select accounts.opening_balance + wealth.ledger_total(accounts.id, day.today) as total) as ledger)
    else coalesce((
      select jsonb_build_object('current', v.balance::text, 'available', v.available::text, 'vested', v.vested::text, 'unvested', v.unvested::text, 'date', v.date)
      from wealth.account_valuations v where v.account_id = accounts.id and v.date <= day.today
      order by v.date desc, v.source = 'person' desc, v.source desc limit 1),
      '{"current": null, "available": null, "vested": null, "unvested": null, "date": null}') end
  from (select (now() at time zone h.timezone)::date as today from identity.households h where h.id = accounts.household_id) as day)`

export const accountRows = rowsOf(accounts, { selection: { ...getTableColumns(accounts), balance } })
export type Account = Awaited<ReturnType<typeof accountRows.insert>>

/** The names of the accounts of a household, by their ids. */
export const findAccountNames = async (transaction: Transaction, householdId: string): Promise<Map<string, string>> => {
  const rows = await transaction
    .select({ id: accounts.id, name: accounts.name })
    .from(accounts)
    .where(eq(accounts.householdId, householdId))
  return new Map(rows.map(({ id, name }) => [id, name]))
}

/** All accounts of a household, by name. */
export const accountsOfHousehold = (transaction: Transaction, householdId: string) =>
  transaction.select().from(accounts).where(eq(accounts.householdId, householdId)).orderBy(asc(accounts.name), asc(accounts.id))

/** The same with their balances today, which are added up for each account. */
export const accountsWithBalances = (transaction: Transaction, householdId: string): Promise<Account[]> =>
  transaction
    .select({ ...getTableColumns(accounts), balance })
    .from(accounts)
    .where(eq(accounts.householdId, householdId))
    .orderBy(asc(accounts.name), asc(accounts.id))

/** The accounts of a household with known numbers, to recognise them in a file. */
export const findNumberedAccounts = (transaction: Transaction, householdId: string): Promise<Account[]> =>
  transaction
    .select({ ...getTableColumns(accounts), balance })
    .from(accounts)
    .where(and(eq(accounts.householdId, householdId), isNotNull(accounts.numberHash)))

/** Locks accounts in the order of their ids, so that two imports into the same ones cannot wait for each other. */
export const lockAccounts = async (transaction: Transaction, ids: readonly string[]): Promise<void> => {
  await transaction
    .select({ id: accounts.id })
    .from(accounts)
    .where(inArray(accounts.id, [...ids]))
    .orderBy(accounts.id)
    .for('no key update')
}
