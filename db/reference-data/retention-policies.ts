import type { Sql } from '../connections.ts'
import type { retentionPolicies } from '../schema/operations/retention.ts'

/** Seven years have at most two leap days. */
const sevenYears = 2_557

/** The policies that every platform begins with. A policy that was edited stays as it is. */
export const defaultRetentionPolicies: readonly (typeof retentionPolicies.$inferInsert)[] = [
  {
    name: 'Audit trail',
    description: 'Removes the months of the audit trail after seven years. Their seals stay.',
    tableName: 'operations.audit_logs',
    retentionPeriodDays: sevenYears,
    action: 'delete',
    scheduleCron: '0 2 * * 0',
  },
  {
    name: 'Simulated runs',
    description: 'Deletes runs of plans, with their figures, after seven years.',
    tableName: 'planning.runs',
    retentionPeriodDays: sevenYears,
    action: 'delete',
    scheduleCron: '30 2 * * 0',
  },
  {
    name: 'Balance snapshots',
    description: 'Deletes the daily balances of accounts after seven years. Balances of the past stay computable from transactions.',
    tableName: 'wealth.balance_snapshots',
    retentionPeriodDays: sevenYears,
    action: 'delete',
    scheduleCron: '40 2 * * 0',
  },
  {
    name: 'System events',
    description: 'Deletes system events after 90 days, also those that nobody resolved.',
    tableName: 'operations.system_events',
    retentionPeriodDays: 90,
    action: 'delete',
    scheduleCron: '10 1 * * *',
  },
  {
    name: 'Price files',
    description: 'Deletes the records of price files after a year. Their prices stay; the files cannot be undone any more.',
    tableName: 'market.price_files',
    retentionPeriodDays: 365,
    action: 'delete',
    scheduleCron: '50 2 * * 0',
  },
  {
    name: 'Runs of jobs',
    description: 'Deletes the records of jobs after 90 days.',
    tableName: 'operations.job_runs',
    retentionPeriodDays: 90,
    action: 'delete',
    scheduleCron: '20 1 * * *',
  },
  {
    name: 'Runs of jobs for households',
    description: 'Deletes the records of jobs for households after 90 days.',
    tableName: 'operations.household_job_runs',
    retentionPeriodDays: 90,
    action: 'delete',
    scheduleCron: '30 1 * * *',
  },
  {
    name: 'Idempotency keys',
    description: 'Deletes expired keys that the daily job has left for 30 days.',
    tableName: 'operations.idempotency_keys',
    retentionPeriodDays: 30,
    action: 'delete',
    scheduleCron: '40 1 * * *',
  },
  {
    name: 'Addresses of invitations',
    description: 'Removes the address from invitations that were not accepted, after a year.',
    tableName: 'identity.household_invitations',
    conditions: [{ column: 'accepted_at', operator: 'is-null' }],
    retentionPeriodDays: 365,
    action: 'anonymize',
    scheduleCron: '50 1 * * *',
  },
]

/** Adds the default policies that are missing. */
export const loadRetentionPolicies = async (sql: Sql): Promise<void> => {
  for (const { action, conditions = [], description, name, retentionPeriodDays, scheduleCron, tableName } of defaultRetentionPolicies)
    await sql`
      insert into operations.data_retention_policies (name, description, table_name, conditions, retention_period_days, action, schedule_cron)
      values (${name}, ${description ?? null}, ${tableName}, ${JSON.stringify(conditions)}::text::jsonb, ${retentionPeriodDays}, ${action ?? 'delete'}, ${scheduleCron})
      on conflict (name) do nothing`
}
