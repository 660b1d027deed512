import { sql } from 'drizzle-orm'
import { type HealthConnection, type HealthImport, type NewestRate } from '../../../../domain/wealth/data-health/index.ts'
import { bridgeCurrencies } from '../../../../domain/wealth/index.ts'
import type { Transaction } from '../../../database.ts'
import { plainArrayText } from '../../array-text.ts'
import { instantText } from '../../instant-text.ts'

/** The connections of a household. */
export const readHealthConnections = async (transaction: Transaction, householdId: string): Promise<HealthConnection[]> => [
  ...(await transaction.execute<HealthConnection & Record<string, unknown>>(sql`
    select c.id, c.institution_name as "institutionName", c.is_active as "isActive", c.sync_status as "syncStatus", c.error_message as "errorMessage",
      ${instantText(sql`c.last_sync_at`)} as "lastSyncAt", ${instantText(sql`c.consent_expires_at`)} as "consentExpiresAt",
      ${instantText(sql`c.created_at`)} as "createdAt"
    from wealth.plaid_connections c where c.household_id = ${householdId}::uuid order by c.id`)),
]

/** The imports of a household. */
export const readHealthImports = async (transaction: Transaction, householdId: string): Promise<HealthImport[]> => [
  ...(await transaction.execute<HealthImport & Record<string, unknown>>(sql`
    select i.id, i.file_name as "fileName", i.status, i.failure, i.rejected_count as "rejectedCount", ${instantText(sql`i.created_at`)} as "createdAt",
      ${instantText(sql`i.working_since`)} as "workingSince", ${instantText(sql`i.committed_at`)} as "committedAt"
    from wealth.imports i
    where i.household_id = ${householdId}::uuid order by i.id`)),
]

/** The newest rate on or before a day between any two of some currencies and those through which others are compared. */
export const readNewestRates = async (transaction: Transaction, currencies: readonly string[], today: string): Promise<NewestRate[]> => {
  const all = plainArrayText([...new Set([...currencies, ...bridgeCurrencies])])
  return [
    ...(await transaction.execute<NewestRate & Record<string, unknown>>(sql`
      select base.code as base, quote.code as quote, latest.date::text as date
      from unnest(${all}::text[]) as base (code) join unnest(${all}::text[]) as quote (code) on quote.code <> base.code
      cross join lateral (
        select r.date from market.fx_rates r where r.base = base.code::char(3) and r.quote = quote.code::char(3) and r.date <= ${today}::date
        order by r.date desc limit 1) as latest`)),
  ]
}
