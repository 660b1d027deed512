import { InvalidSpecError, type LognormalModel, type RegimeModel } from '../simulation/index.ts'
import { type Allocation, type CapitalMarketAssumptions, withInflation } from './inputs/assumptions.ts'
import type { RequestedReturnModel } from './inputs/return-model.ts'

/** Picks the asset classes that an allocation holds, and those asked for besides, with their part of the matrix. */
const held = (assumptions: CapitalMarketAssumptions, allocation: Allocation, besides: readonly string[] = []) =>
  assumptions.assets.flatMap((asset, index) => {
    const weight = allocation[asset.key] ?? 0
    return weight === 0 && !besides.includes(asset.key) ? [] : [{ asset, index, weight }]
  })

/** Keys of an allocation that the assumptions know nothing of. */
export const unknownAssets = (assumptions: CapitalMarketAssumptions, allocation: Allocation): string[] => {
  const known = new Set(assumptions.assets.map(asset => asset.key))
  return Object.keys(allocation).filter(key => !known.has(key))
}

/**
 * The return model of an allocation under a set of assumptions: its asset classes, their weights, and the rows and columns of the
 * correlation matrix that concern them. Throws InvalidSpecError for an asset class that the assumptions do not have.
 * @param besides asset classes that some account holds, though the allocation does not
 */
export const lognormalModel = (
  assumptions: CapitalMarketAssumptions,
  allocation: Allocation,
  besides: readonly string[] = [],
): LognormalModel => {
  const unknown = [
    ...unknownAssets(assumptions, allocation),
    ...besides.filter(key => !assumptions.assets.some(asset => asset.key === key)),
  ]
  if (unknown.length > 0)
    throw new InvalidSpecError(unknown.map(key => ({ path: `allocation.${key}`, message: 'the assumptions have no such asset class' })))
  const parts = held(assumptions, allocation, besides)
  const matrix = withInflation(assumptions)
  const rows = [...parts.map(part => part.index), assumptions.assets.length]
  return {
    kind: 'lognormal',
    assets: parts.map(({ asset, weight }) => ({ key: asset.key, weight, meanReturn: asset.meanReturn, volatility: asset.volatility })),
    inflation: { mean: assumptions.inflation.mean, volatility: assumptions.inflation.volatility },
    correlation: rows.map(row => rows.map(column => matrix[row]![column]!)),
  }
}

type Turbulence = Omit<Extract<RequestedReturnModel, { kind: 'regime' }>, 'kind'>

/**
 * Two regimes of a lognormal model: calm years as it says, turbulent ones with shifted means and scaled volatilities, correlations and
 * inflation alike. It begins in each as often as it is in it in the long run.
 */
export const turbulentRegimes = (calm: LognormalModel, { becomesCalm, becomesTurbulent, turbulent }: Turbulence): RegimeModel => {
  const { assets, correlation, inflation } = calm
  const regime = (shift: number, factor: number) => ({
    assets: assets.map(({ meanReturn, volatility }) => ({ meanReturn: meanReturn + shift, volatility: volatility * factor })),
    inflation,
    correlation,
  })
  const changes = becomesTurbulent + becomesCalm
  const turbulentShare = changes > 0 ? becomesTurbulent / changes : 0
  return {
    kind: 'regime',
    assets: assets.map(({ key, weight }) => ({ key, weight })),
    regimes: [regime(0, 1), regime(turbulent.meanReturnShift, turbulent.volatilityFactor)],
    transition: [
      [1 - becomesTurbulent, becomesTurbulent],
      [becomesCalm, 1 - becomesCalm],
    ],
    start: [1 - turbulentShare, turbulentShare],
  }
}

export interface PortfolioStatistics {
  /** Arithmetic, a fraction. */
  readonly expectedReturn: number
  /** Of the simple annual return, a fraction. */
  readonly volatility: number
  /** Excess over cash divided by volatility (Sharpe, 1966); null without a cash asset class or volatility. */
  readonly sharpeRatio: number | null
}

/**
 * Mean, volatility and Sharpe ratio of an annually rebalanced allocation: w·m and sqrt(w·S·w), S the covariance of the asset classes
 * (Markowitz, 1952).
 * @param cashKey the asset class taken as free of risk
 */
export const portfolioStatistics = (
  assumptions: CapitalMarketAssumptions,
  allocation: Allocation,
  cashKey = 'cash',
): PortfolioStatistics => {
  const parts = held(assumptions, allocation)
  const expectedReturn = parts.reduce((sum, { asset, weight }) => sum + weight * asset.meanReturn, 0)
  let variance = 0
  for (const left of parts) {
    for (const right of parts) {
      variance +=
        left.weight * right.weight * left.asset.volatility * right.asset.volatility * assumptions.correlation[left.index]![right.index]!
    }
  }
  const volatility = Math.sqrt(Math.max(variance, 0))
  const cash = assumptions.assets.find(asset => asset.key === cashKey)
  return { expectedReturn, volatility, sharpeRatio: cash && volatility > 0 ? (expectedReturn - cash.meanReturn) / volatility : null }
}

/** Stages of a set's approval: drafted, reviewed, approved for use, retired from it. */
export type AssumptionStatus = 'draft' | 'in_review' | 'approved' | 'retired'

const transitions: Readonly<Record<AssumptionStatus, readonly AssumptionStatus[]>> = {
  draft: ['in_review', 'retired'],
  in_review: ['approved', 'draft', 'retired'],
  approved: ['retired'],
  retired: [],
}

/** Where a set of assumptions may go from a stage: nothing is approved without review, and nothing comes back from retirement. */
export const nextStatuses = (status: AssumptionStatus): readonly AssumptionStatus[] => transitions[status]
