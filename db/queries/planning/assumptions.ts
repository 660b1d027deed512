import { and, desc, eq, getTableColumns, isNull } from 'drizzle-orm'
import type { Transaction } from '../../database.ts'
import { capitalMarketAssumptions, portfolioModels } from '../../schema/planning/assumptions.ts'
import { rowsOf } from '../rows.ts'

export type AssumptionSet = typeof capitalMarketAssumptions.$inferSelect

const { assumptions: _assumptions, ...summaryColumns } = getTableColumns(capitalMarketAssumptions)

/**
 * Complete sets. All users can read published sets and models; row-level security lets no user change them.
 * @throws DomainError naming the figure that the current schema cannot read
 */
export const assumptionSetRows = rowsOf(capitalMarketAssumptions, { version: 'rowVersion' })

/** Sets without their figures. A set of which the figures cannot be read is listed and changed like any other. */
export const assumptionSetSummaryRows = rowsOf(capitalMarketAssumptions, { version: 'rowVersion', selection: summaryColumns })
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
