import type { AssumptionSet } from '../../db/queries/planning/assumptions.ts'
import { type Allocation, portfolioStatistics } from '../../domain/planning/index.ts'

/** The columns of a portfolio model that follow from its allocation, at the precision in which they are kept. */
export const modelFigures = (assumptions: AssumptionSet, allocation: Allocation) => {
  const { expectedReturn, sharpeRatio, volatility } = portfolioStatistics(assumptions.assumptions, allocation)
  return {
    assetAllocation: { ...allocation },
    expectedReturn: expectedReturn.toFixed(5),
    volatility: volatility.toFixed(5),
    sharpeRatio: sharpeRatio?.toFixed(4) ?? null,
  }
}
