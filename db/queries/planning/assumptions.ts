import { and, desc, eq, isNull, sql } from 'drizzle-orm'
import type { Transaction } from '../../database.ts'
import { capitalMarketAssumptions, portfolioModels } from '../../schema/planning/assumptions.ts'
import { type PageRequest, pageClauses } from '../paging.ts'

export type AssumptionSet = typeof capitalMarketAssumptions.$inferSelect
export type PortfolioModel = typeof portfolioModels.$inferSelect

export const listAssumptionSets = (transaction: Transaction, request: PageRequest): Promise<AssumptionSet[]> => {
  const { limit, orderBy, where } = pageClauses(capitalMarketAssumptions.id, request)
  return transaction.select().from(capitalMarketAssumptions).where(where).orderBy(orderBy).limit(limit)
}

export const findAssumptionSet = async (
  transaction: Transaction,
  id: string,
  { forUpdate = false } = {},
): Promise<AssumptionSet | undefined> => {
  const query = transaction.select().from(capitalMarketAssumptions).where(eq(capitalMarketAssumptions.id, id))
  return (await (forUpdate ? query.for('update') : query))[0]
}

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

export const insertAssumptionSet = async (
  transaction: Transaction,
  values: typeof capitalMarketAssumptions.$inferInsert,
): Promise<AssumptionSet> => {
  const [row] = await transaction.insert(capitalMarketAssumptions).values(values).returning()
  return row!
}

/** Changes a set that the caller has locked. */
export const updateAssumptionSet = async (
  transaction: Transaction,
  id: string,
  change: Partial<Omit<typeof capitalMarketAssumptions.$inferInsert, 'id' | 'householdId' | 'assumptions'>>,
): Promise<AssumptionSet> => {
  const [row] = await transaction
    .update(capitalMarketAssumptions)
    .set({ ...change, rowVersion: sql`${capitalMarketAssumptions.rowVersion} + 1` })
    .where(eq(capitalMarketAssumptions.id, id))
    .returning()
  return row!
}

export const listPortfolioModels = (transaction: Transaction, request: PageRequest): Promise<PortfolioModel[]> => {
  const { limit, orderBy, where } = pageClauses(portfolioModels.id, request)
  return transaction.select().from(portfolioModels).where(where).orderBy(orderBy).limit(limit)
}

export const findPortfolioModel = async (
  transaction: Transaction,
  id: string,
  { forUpdate = false } = {},
): Promise<PortfolioModel | undefined> => {
  const query = transaction.select().from(portfolioModels).where(eq(portfolioModels.id, id))
  return (await (forUpdate ? query.for('update') : query))[0]
}

export const insertPortfolioModel = async (
  transaction: Transaction,
  values: typeof portfolioModels.$inferInsert,
): Promise<PortfolioModel> => {
  const [row] = await transaction.insert(portfolioModels).values(values).returning()
  return row!
}

/** Changes a model that the caller has locked. */
export const updatePortfolioModel = async (
  transaction: Transaction,
  id: string,
  change: Partial<typeof portfolioModels.$inferInsert>,
): Promise<PortfolioModel> => {
  const [row] = await transaction
    .update(portfolioModels)
    .set({ ...change, rowVersion: sql`${portfolioModels.rowVersion} + 1` })
    .where(eq(portfolioModels.id, id))
    .returning()
  return row!
}
