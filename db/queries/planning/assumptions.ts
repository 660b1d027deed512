import { and, desc, eq, isNull } from 'drizzle-orm'
import type { Transaction } from '../../database.ts'
import { capitalMarketAssumptions, portfolioModels } from '../../schema/planning/assumptions.ts'
import { rowsOf } from '../rows.ts'

export type AssumptionSet = typeof capitalMarketAssumptions.$inferSelect

/** Published sets and models: all users can read them, and row-level security lets no user change them. */
export const assumptionSetRows = rowsOf(capitalMarketAssumptions, { version: 'rowVersion' })
export const portfolioModelRows = rowsOf(portfolioModels, { version: 'rowVersion' })

/** The published set in force: active, approved, and of the latest effective date. */
export const findPublishedAssumptionSet = async (transaction: Transaction): Promise<AssumptionSet | undefined> => {
  const [row] = await transaction
    .select()
    .from(capitalMarketAssumptions)
    .where(
      and(
        isNull(capitalMarketAssumptions.householdId),
        eq(capitalMarketAssumptions.isActive, true),
        eq(capitalMarketAssumptions.status, 'approved'),
      ),
    )
    .orderBy(desc(capitalMarketAssumptions.effectiveDate), desc(capitalMarketAssumptions.id))
    .limit(1)
  return row
}
