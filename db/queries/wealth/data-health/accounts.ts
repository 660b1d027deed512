import { sql } from 'drizzle-orm'
import type { HealthAccount } from '../../../../domain/wealth/data-health/index.ts'
import { balanceAgeDays } from '../../../../domain/wealth/index.ts'
import type { Transaction } from '../../../database.ts'

/** The shortest distance of two statements that may be too long, for any type of account. */
const shortestGapDays = balanceAgeDays('investment', 'stated')

/** The accounts of a household with what is checked of them. */
export const readHealthAccounts = async (transaction: Transaction, householdId: string, today: string): Promise<HealthAccount[]> => [
  ...(await transaction.execute<HealthAccount & Record<string, unknown>>(sql`
    with months as (
      select t.account_id, jsonb_agg(jsonb_build_object('month', t.starts_on, 'amount', t.amount::text) order by t.starts_on) as months
      from wealth.account_totals t
      where t.household_id = ${householdId}::uuid and t.period = 'month' and t.transaction_count > 0 and t.starts_on <= ${today}::date
      group by t.account_id
    ), far_apart as (
      select v.account_id, jsonb_agg(jsonb_build_object('from', v.before, 'until', v.date) order by v.date) as gaps
      from (
        select account_id, date, lag(date) over (partition by account_id order by date) as before from wealth.account_valuations
        where household_id = ${householdId}::uuid and date <= ${today}::date) as v
      where v.date - v.before > ${shortestGapDays}::integer
      group by v.account_id
    )
    select a.id, a.name, a.type, a.tax_type as "taxType", a.currency, a.balance_source as "balanceSource", a.opened_on::text as "openedOn",
      a.closed_on::text as "closedOn", a.opening_balance::text as "openingBalance", a.credit_limit::text as "creditLimit",
      case when a.balance_source = 'stated' then v.balance else a.opening_balance + wealth.ledger_total(a.id, ${today}::date) end::text as balance,
      case when a.balance_source = 'stated' then v.date else (
        select max(t.starts_on) from wealth.account_totals t where t.account_id = a.id and t.period = 'day' and t.starts_on <= ${today}::date) end::text as "balanceDate",
      case when a.balance_source = 'ledger' and a.current_balance is not null and s.day is not null then jsonb_build_object(
        'balance', a.current_balance::text, 'date', s.day,
        'ledger', (a.opening_balance + wealth.ledger_total(a.id, s.day))::text,
        'ledgerBefore', (a.opening_balance + wealth.ledger_total(a.id, s.day - 1))::text,
        'pending', (select coalesce(sum(t.amount), 0)::text from wealth.transactions t where t.account_id = a.id and t.is_pending and t.date <= s.day))
      end as statement,
      case when a.balance_source = 'ledger' then coalesce(months.months, '[]') else '[]' end as months,
      case when a.balance_source = 'stated' then coalesce(far_apart.gaps, '[]') else '[]' end as gaps
    from wealth.accounts a
    left join months on months.account_id = a.id
    left join far_apart on far_apart.account_id = a.id
    left join lateral (
      select v.balance, v.date from wealth.account_valuations v where a.balance_source = 'stated' and v.account_id = a.id and v.date <= ${today}::date
      order by v.date desc, v.source = 'person' desc, v.source desc limit 1) as v on true
    left join lateral (
      select (a.balance_stated_at at time zone h.timezone)::date as day from identity.households h where h.id = a.household_id) as s on true
    where a.household_id = ${householdId}::uuid
    order by a.name, a.id`)),
]
