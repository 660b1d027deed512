import { sql } from 'drizzle-orm'
import { type CountInRange, type CountOnDay, type DuplicatePairs, healthLimits } from '../../../../domain/wealth/data-health/index.ts'
import { similarDays } from '../../../../domain/wealth/index.ts'
import type { Transaction } from '../../../database.ts'
import { isCounted } from '../read-lots.ts'

/** The pending transactions of the last year by account and day. */
export const countPending = async (transaction: Transaction, householdId: string, today: string): Promise<CountOnDay[]> => [
  ...(await transaction.execute<CountOnDay & Record<string, unknown>>(sql`
    select t.account_id as "accountId", t.date::text as date, count(*)::integer as count
    from wealth.transactions t
    where t.household_id = ${householdId}::uuid and t.date >= ${today}::date - ${healthLimits.labelDays}::integer and t.is_pending
    group by t.account_id, t.date`)),
]

/** The posted transactions of a household after a day, by account. */
export const countFuture = async (transaction: Transaction, householdId: string, today: string): Promise<CountInRange[]> => [
  ...(await transaction.execute<CountInRange & Record<string, unknown>>(sql`
    select t.account_id as "accountId", count(*)::integer as count, min(t.date)::text as "from", max(t.date)::text as "until"
    from wealth.transactions t
    where t.household_id = ${householdId}::uuid and t.date > ${today}::date and ${isCounted} group by t.account_id`)),
]

/** Transactions of the last year that are labelled as transfers and have no other half, not even a proposed one. */
export const countUnmatched = async (transaction: Transaction, householdId: string, today: string): Promise<CountOnDay[]> => [
  ...(await transaction.execute<CountOnDay & Record<string, unknown>>(sql`
    select t.account_id as "accountId", t.date::text as date, count(*)::integer as count
    from wealth.transactions t
    where t.household_id = ${householdId}::uuid and t.date between ${today}::date - ${healthLimits.labelDays}::integer and ${today}::date
      and (t.category = 'transfer' or t.transfer_account_id is not null) and t.type = 'cash' and ${isCounted}
      and not exists (select from wealth.transfers p where p.outflow_id = t.id and p.status <> 'dismissed')
      and not exists (select from wealth.transfers p where p.inflow_id = t.id and p.status <> 'dismissed')
    group by t.account_id, t.date`)),
]

/**
 * Pairs of transactions of the last year that may be one: of the same account, type and amount, at most `similarDays` apart, and from two sources or two
 * imports.
 */
export const findDuplicatePairs = async (transaction: Transaction, householdId: string, today: string): Promise<DuplicatePairs[]> => [
  ...(await transaction.execute<DuplicatePairs & Record<string, unknown>>(sql`
    with counted as materialized (
      select t.id, t.account_id, t.date, t.amount, t.type, t.description, t.source, t.import_id
      from wealth.transactions t
      where t.household_id = ${householdId}::uuid and t.date between ${today}::date - ${healthLimits.labelDays}::integer and ${today}::date
        and t.amount <> 0 and not t.is_pending and t.reverses_id is null
    -- Few amounts come from two sources: to group is faster than to compare all rows of an account with one another.
    ), suspects as materialized (
      select account_id, amount, type from counted group by account_id, amount, type
      having count(*) > 1 and (min(source) <> max(source) or min(import_id::text) <> max(import_id::text))
    ), doubtful as materialized (
      select c.* from counted c join suspects s on s.account_id = c.account_id and s.amount = c.amount and s.type = c.type
    ), pairs as materialized (
      select later.*, earlier.id as earlier_id, earlier.date as earlier_date
      from doubtful later join doubtful earlier on earlier.account_id = later.account_id and earlier.amount = later.amount and earlier.type = later.type
        and (earlier.date, earlier.id) < (later.date, later.id) and later.date - earlier.date <= ${similarDays}::integer
        and (earlier.source <> later.source or earlier.import_id <> later.import_id)
    )
    select later.account_id as "accountId", count(*)::integer as count, min(later.earlier_date)::text as "from", max(later.date)::text as "until",
      (array_agg(later.amount::text order by later.date desc, later.id desc))[1] as amount,
      (array_agg(later.description order by later.date desc, later.id desc))[1] as description
    from pairs later left join wealth.investment_transactions i on i.transaction_id = later.id
      left join wealth.investment_transactions e on e.transaction_id = later.earlier_id
    where i.symbol is not distinct from e.symbol and i.quantity is not distinct from e.quantity
      -- Whether a transaction was reversed is asked of few pairs only.
      and not exists (select from wealth.transactions r where r.reverses_id in (later.id, later.earlier_id))
    group by later.account_id`)),
]

/** How many transfers of a household wait for a person. */
export const countProposedTransfers = async (transaction: Transaction, householdId: string): Promise<number> => {
  const [row] = await transaction.execute<{ count: number }>(sql`
    select count(*)::integer as count from wealth.transfers p where p.household_id = ${householdId}::uuid and p.status = 'proposed'`)
  return row?.count ?? 0
}

/** The transactions of the last year without a category; null if there is none. */
export const countUncategorised = async (
  transaction: Transaction,
  householdId: string,
  today: string,
): Promise<Omit<CountInRange, 'accountId'> | null> => {
  const [row] = await transaction.execute<Omit<CountInRange, 'accountId'> & Record<string, unknown>>(sql`
    select count(*)::integer as count, min(t.date)::text as "from", max(t.date)::text as "until"
    from wealth.transactions t
    where t.household_id = ${householdId}::uuid and t.date between ${today}::date - ${healthLimits.labelDays}::integer and ${today}::date
      and t.category = 'other' and t.category_id is null and t.type = 'cash' and ${isCounted}
      and not exists (select from wealth.transaction_splits s where s.transaction_id = t.id)
    having count(*) > 0`)
  return row ?? null
}
