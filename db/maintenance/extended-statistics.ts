import type { MaintenanceStep } from '../../domain/operations/index.ts'
import type { Transaction } from '../database.ts'
import { sql } from 'drizzle-orm'

/**
 * Columns that say the same: a plan has one household, and every policy compares the household too. Without these statistics PostgreSQL
 * multiplies the two shares, and expects far too few rows.
 */
const declared: readonly { readonly name: string; readonly table: string; readonly columns: readonly [string, string] }[] = [
  { name: 'planning.plan_inputs_household_plan', table: 'planning.plan_inputs', columns: ['household_id', 'plan_id'] },
  { name: 'planning.plan_outputs_household_plan', table: 'planning.plan_outputs', columns: ['household_id', 'plan_id'] },
  { name: 'planning.plan_versions_household_plan', table: 'planning.plan_versions', columns: ['household_id', 'plan_id'] },
  { name: 'planning.runs_household_plan', table: 'planning.runs', columns: ['household_id', 'plan_id'] },
]

/** The statements that make the declared statistics that do not exist yet. ANALYZE fills them. */
export const planExtendedStatistics = async (transaction: Transaction): Promise<MaintenanceStep[]> => {
  const rows = await transaction.execute<{ name: string }>(
    sql`select stxnamespace::regnamespace::text || '.' || stxname as name from pg_statistic_ext`,
  )
  const known = new Set(rows.map(({ name }) => name))
  return declared
    .filter(({ name }) => !known.has(name))
    .map(({ columns, name, table }) => ({
      relation: table,
      statement: `create statistics if not exists ${name} (dependencies) on ${columns.join(', ')} from ${table}`,
      reason: 'the columns depend on each other',
    }))
}
