import type { AssumptionSet } from '../../db/queries/planning/assumptions.ts'
import { type Allocation, portfolioStatistics } from '../../domain/planning/index.ts'

/** The columns of a portfolio model that are computed from its allocation, with their stored precision. */
export const modelFigures = (assumptions: AssumptionSet, allocation: Allocation) => {
  const { expectedReturn, sharpeRatio, volatility } = portfolioStatistics(assumptions.assumptions, allocation)
  return {
    assetAllocation: { ...allocation },
    expectedReturn: expectedReturn.toFixed(5),
    volatility: volatility.toFixed(5),
    sharpeRatio: sharpeRatio?.toFixed(4) ?? null,
  }
}
