import { and, eq, getTableColumns, sql } from 'drizzle-orm'
import type { TargetWeight } from '../../../domain/wealth/index.ts'
import type { Transaction } from '../../database.ts'
import { portfolioAccounts, portfolios, portfolioVersions, securityClasses } from '../../schema/wealth/portfolios.ts'
import { rowsOf } from '../rows.ts'

const accountIds = sql<string[]>`(
  select coalesce(jsonb_agg(l.account_id order by l.account_id), '[]') from wealth.portfolio_accounts l where l.portfolio_id = portfolios.id)`

/** Portfolios with their accounts. A portfolio that was just inserted has none yet: read it again. */
export const portfolioRows = rowsOf(portfolios, { selection: { ...getTableColumns(portfolios), accountIds } })
export type Portfolio = Awaited<ReturnType<typeof portfolioRows.insert>>

/** Gives a portfolio exactly these accounts. */
export const linkPortfolio = async (
  transaction: Transaction,
  { householdId, id }: Pick<Portfolio, 'id' | 'householdId'>,
  accounts: readonly string[],
): Promise<void> => {
  await transaction.delete(portfolioAccounts).where(eq(portfolioAccounts.portfolioId, id))
  if (accounts.length > 0)
    await transaction
      .insert(portfolioAccounts)
      .values([...new Set(accounts)].map(accountId => ({ portfolioId: id, accountId, householdId })))
}

/** The default portfolio of a household, if it has one. */
export const findDefaultPortfolio = async (transaction: Transaction, householdId: string): Promise<Portfolio | undefined> => {
  const [row] = await transaction
    .select({ ...getTableColumns(portfolios), accountIds })
    .from(portfolios)
    .where(and(eq(portfolios.householdId, householdId), eq(portfolios.isDefault, true)))
  return row
}

/** Takes the mark of the default portfolio from the one of the household that has it. */
export const unmarkDefault = async (transaction: Transaction, householdId: string): Promise<void> => {
  await transaction
    .update(portfolios)
    .set({ isDefault: false })
    .where(and(eq(portfolios.householdId, householdId), eq(portfolios.isDefault, true)))
}

/** Makes the oldest portfolio of a household its default one, if it has any. */
export const markOldestDefault = async (transaction: Transaction, householdId: string): Promise<void> => {
  await transaction.execute(sql`
    update wealth.portfolios set is_default = true where id = (
      select id from wealth.portfolios where household_id = ${householdId}::uuid order by id limit 1)`)
}

export type PortfolioVersion = typeof portfolioVersions.$inferSelect

const { state: _state, ...summaryColumns } = getTableColumns(portfolioVersions)

/** Versions for lists, without the states. */
export const portfolioVersionRows = rowsOf(portfolioVersions, { version: null, selection: summaryColumns })

export const insertPortfolioVersion = async (transaction: Transaction, values: typeof portfolioVersions.$inferInsert): Promise<void> => {
  await transaction.insert(portfolioVersions).values(values)
}

export const findPortfolioVersion = async (
  transaction: Transaction,
  portfolioId: string,
  version: number,
): Promise<PortfolioVersion | undefined> => {
  const [row] = await transaction
    .select()
    .from(portfolioVersions)
    .where(and(eq(portfolioVersions.portfolioId, portfolioId), eq(portfolioVersions.version, version)))
  return row
}

export const securityClassRows = rowsOf(securityClasses)

/** The weights of a portfolio model that a household may use, as they are now: its own, or a published one. */
export const findModelWeights = async (
  transaction: Transaction,
  householdId: string,
  modelId: string,
): Promise<readonly TargetWeight[] | undefined> => {
  const [row] = await transaction.execute<{ weights: readonly TargetWeight[] }>(sql`
    select coalesce((select jsonb_agg(jsonb_build_object('key', a.key, 'weight', a.value) order by a.key) from jsonb_each_text(m.asset_allocation) as a), '[]')
      as weights
    from planning.portfolio_models m where m.id = ${modelId}::uuid and (m.household_id is null or m.household_id = ${householdId}::uuid)`)
  return row?.weights
}
