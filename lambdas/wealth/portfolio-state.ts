import type * as z from 'zod'
import type { Transaction } from '../../db/database.ts'
import {
  findPortfolioVersion,
  insertPortfolioVersion,
  type Portfolio,
  portfolioRows,
  type PortfolioVersion,
} from '../../db/queries/wealth/index.ts'
import type { PortfolioChange } from '../../domain/wealth/index.ts'
import { invalidValue, notFound } from '../runtime/problem.ts'
import { requireRow } from '../runtime/resource/handlers.ts'
import { portfolios } from './resources/portfolios.ts'
import { portfolioVersion } from './schemas/portfolios.ts'

export type PortfolioState = z.output<typeof portfolioVersion>['portfolio']

/** Far more than a person makes; it keeps a program from filling the database. */
const mostVersions = 10_000

/** The portfolio. Throws 404 when there is none. */
export const requirePortfolio = async (transaction: Transaction, portfolioId: string): Promise<Portfolio> => {
  const portfolio = await portfolioRows.find(transaction, portfolioId)
  if (!portfolio) throw notFound(portfolios.one)
  return portfolio
}

/** The portfolio, locked for a change in several statements. Throws 404, 403 for a viewer, 412 when it has another version. */
export const lockPortfolio = async (transaction: Transaction, portfolioId: string, expectedVersion?: number): Promise<Portfolio> =>
  requireRow(await portfolioRows.lock(transaction, portfolioId, expectedVersion), portfolios)

/** The settings that a version keeps. */
export const stateOf = (portfolio: Portfolio): PortfolioState => ({
  name: portfolio.name,
  description: portfolio.description,
  currency: portfolio.currency,
  accountIds: portfolio.accountIds,
  targetKind: portfolio.targetKind,
  targetAllocation: [...portfolio.targetAllocation],
  portfolioModelId: portfolio.portfolioModelId,
  rebalancing: portfolio.rebalancing,
  benchmarkId: portfolio.benchmarkId,
})

/** Writes the current settings of a portfolio into its history, under its current version. Answers the portfolio as it is now. */
export const recordPortfolio = async (
  transaction: Transaction,
  portfolioId: string,
  change: PortfolioChange,
  fromVersion: number | null = null,
): Promise<Portfolio> => {
  const portfolio = await requirePortfolio(transaction, portfolioId)
  const { householdId, id, version } = portfolio
  if (version > mostVersions)
    throw invalidValue('path.portfolioId', `the portfolio has ${mostVersions} versions, the most that are kept: create a new one`)
  await insertPortfolioVersion(transaction, { householdId, portfolioId: id, version, change, fromVersion, state: stateOf(portfolio) })
  return portfolio
}

/** A version of a portfolio with its settings. Throws 404 when there is none. */
export const requirePortfolioVersion = async (
  transaction: Transaction,
  portfolioId: string,
  version: number,
): Promise<Omit<PortfolioVersion, 'state'> & { readonly state: PortfolioState }> => {
  const found = await findPortfolioVersion(transaction, portfolioId, version)
  if (!found) throw notFound('version of this portfolio')
  return { ...found, state: portfolioVersion.shape.portfolio.parse(found.state) }
}
