import type { AssumptionSet } from '../../db/queries/planning/assumptions.ts'
import { type Allocation, portfolioStatistics } from '../../domain/planning/index.ts'
import { invalidValue } from '../runtime/problem.ts'

/** The column of the Sharpe ratio has three digits before the point. A ratio above this means that there is next to no volatility. */
const largestSharpeRatio = 999

/**
 * The columns of a portfolio model that are computed from its allocation, with their stored precision. Throws a 422 when the volatility is too
 * small for a Sharpe ratio.
 */
export const modelFigures = (assumptions: AssumptionSet, allocation: Allocation) => {
  const { expectedReturn, sharpeRatio, volatility } = portfolioStatistics(assumptions.assumptions, allocation)
  if (Math.abs(sharpeRatio ?? 0) > largestSharpeRatio)
    throw invalidValue('body.assetAllocation', 'must have more volatility, or none: the Sharpe ratio would be above 999')
  return {
    assetAllocation: { ...allocation },
    expectedReturn: expectedReturn.toFixed(5),
    volatility: volatility.toFixed(5),
    sharpeRatio: sharpeRatio?.toFixed(4) ?? null,
  }
}
