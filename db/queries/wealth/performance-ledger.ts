import { type SQL, sql } from 'drizzle-orm'
import { type AccountType, type BalanceSource, type DatedRate, type HistoryEvent, TRANSFER_DAYS } from '../../../domain/wealth/index.ts'
import type { Transaction } from '../../database.ts'
import { plainArrayText } from '../array-text.ts'
import { isCounted, securityOf } from './read-lots.ts'

/** Days since 1970-01-01. */
const dayOf = (column: string) => sql.raw(`(${column} - '1970-01-01'::date)`)

/** An account of which the value is followed day by day. */
export interface FollowedAccount {
  readonly id: string
  readonly name: string
  readonly type: AccountType
  readonly currency: string
  readonly balanceSource: BalanceSource
  readonly openingBalance: number
  /** The day on which it was opened, or entered. */
  readonly openedDay: number
  /** The day on which it was closed; null while it is open. */
  readonly closedDay: number | null
}

/** Some accounts with the days on which they begin. */
export const findFollowedAccounts = async (transaction: Transaction, accountIds: readonly string[]): Promise<FollowedAccount[]> => [
  ...(await transaction.execute<FollowedAccount & Record<string, unknown>>(sql`
    select a.id, a.name, a.type, a.currency, a.balance_source as "balanceSource", a.opening_balance::float8 as "openingBalance",
      ${dayOf(`coalesce(a.opened_on, (a.created_at at time zone h.timezone)::date)`)} as "openedDay", ${dayOf('a.closed_on')} as "closedDay"
    from wealth.accounts a join identity.households h on h.id = a.household_id
    where a.id = any (${plainArrayText(accountIds)}::uuid[]) order by a.name, a.id`)),
]

/** The accounts of a household that have transactions of securities. */
export const findSecurityAccounts = async (transaction: Transaction, householdId: string): Promise<ReadonlySet<string>> => {
  const rows = await transaction.execute<{ id: string }>(sql`
    select a.id from wealth.accounts a where a.household_id = ${householdId}::uuid and exists (
      select from wealth.transactions t join wealth.investment_transactions i on i.transaction_id = t.id
      where t.account_id = a.id and ${securityOf('i')} is not null and ${isCounted})`)
  return new Set(rows.map(({ id }) => id))
}

/** The days of a history that are read: after one, up to another, both given as dates. */
export interface ReadDays {
  readonly after?: string | undefined
  readonly through: string
}

const within = (column: string, { after, through }: ReadDays): SQL =>
  after === undefined
    ? sql`${sql.raw(column)} <= ${through}::date`
    : sql`${sql.raw(column)} > ${after}::date and ${sql.raw(column)} <= ${through}::date`

/** The posted transactions of some accounts, by day. One array for each column: a row object for each transaction would take twice as long. */
export const readHistoryEvents = (transaction: Transaction, accountIds: readonly string[], days: ReadDays): Promise<HistoryEvent[]> =>
  readEvents(transaction, sql`t.account_id = any (${plainArrayText(accountIds)}::uuid[]) and ${within('t.date', days)}`)

/** The posted transactions of some accounts that can be halves of transfers. A half of cash has an account, or the other half names its account. */
export const readTransferHalves = (transaction: Transaction, accountIds: readonly string[], through: string): Promise<HistoryEvent[]> => {
  const isHalf = (alias: string) =>
    sql.raw(`(${alias}.transfer_account_id is not null or ${alias}.type in ('transfer_in', 'transfer_out'))`)
  const ids = sql`(${plainArrayText(accountIds)}::uuid[])`
  return readEvents(
    transaction,
    sql`t.id in (
      select n.id from wealth.transactions n where n.account_id = any ${ids} and ${isHalf('n')}
      union
      select o.id from wealth.transactions n join wealth.transactions o
        on o.account_id = n.transfer_account_id and o.date between n.date - ${TRANSFER_DAYS}::integer and n.date + ${TRANSFER_DAYS}::integer and o.amount = -n.amount
      where n.account_id = any ${ids} and o.account_id = any ${ids} and ${isHalf('n')}) and t.date <= ${through}::date`,
  )
}

const readEvents = async (transaction: Transaction, condition: SQL): Promise<HistoryEvent[]> => {
  const rows = await transaction.execute<{ events: string }>(sql`
    select coalesce(json_agg(json_build_array(t.account_id, ${dayOf('t.date')}, t.type, ${securityOf('i')}, i.new_symbol, coalesce(i.quantity, 0)::float8,
        t.amount::float8, (coalesce(i.commission, 0) + coalesce(i.regulatory_fees, 0) + coalesce(i.other_fees, 0) + coalesce(i.load, 0) + coalesce(i.penalty, 0)
          + coalesce(i.taxes, 0) + coalesce(i.tax_withheld, 0) + coalesce(i.state_tax_withheld, 0))::float8,
        i.value::float8, coalesce(i.split_numerator, 0), coalesce(i.split_denominator, 0), t.transfer_account_id) order by t.date, t.id), '[]')::text as events
    from wealth.transactions t left join wealth.investment_transactions i on i.transaction_id = t.id
    where ${condition} and ${isCounted}`)
  const events = JSON.parse(rows[0]!.events) as [
    string,
    number,
    HistoryEvent['type'],
    string | null,
    string | null,
    number,
    number,
    number,
    number | null,
    number,
    number,
    string | null,
  ][]
  return events.map(
    ([accountId, day, type, symbol, newSymbol, quantity, amount, fees, value, numerator, denominator, transferAccountId]) => ({
      accountId,
      day,
      type,
      symbol,
      newSymbol,
      quantity,
      amount,
      fees,
      value,
      numerator,
      denominator,
      transferAccountId,
    }),
  )
}

/** What an account with a stated balance was worth, by day. */
export interface StatedValue {
  readonly accountId: string
  readonly day: number
  readonly balance: number
}

/** The valuations of some accounts: of each day the one that counts. */
export const readStatedValues = async (transaction: Transaction, accountIds: readonly string[], days: ReadDays): Promise<StatedValue[]> => [
  ...(await transaction.execute<StatedValue & Record<string, unknown>>(sql`
    select distinct on (v.account_id, v.date) v.account_id as "accountId", ${dayOf('v.date')} as day, v.balance::float8 as balance
    from wealth.account_valuations v where v.account_id = any (${plainArrayText(accountIds)}::uuid[]) and ${within('v.date', days)}
    order by v.account_id, v.date, v.source = 'person' desc, v.source desc`)),
]

/** All exchange rates between some currencies, by day. */
export const readDatedRates = async (transaction: Transaction, currencies: readonly string[]): Promise<DatedRate[]> => [
  ...(await transaction.execute<DatedRate & Record<string, unknown>>(sql`
    select r.base, r.quote, ${dayOf('r.date')} as day, r.rate::float8 as rate from market.fx_rates r
    where r.base = any (${plainArrayText(currencies)}::text[]) and r.quote = any (${plainArrayText(currencies)}::text[])
    order by r.base, r.quote, r.date`)),
]
