import { InvalidSpecError, type LognormalModel, type RegimeModel } from '../simulation/index.ts'
import { type Allocation, type CapitalMarketAssumptions, withInflation } from './inputs/assumptions.ts'
import type { RequestedReturnModel } from './inputs/return-model.ts'

/** The asset classes that an allocation holds, and the additional ones, with their weights and their places in the assumption set. */
const held = (assumptions: CapitalMarketAssumptions, allocation: Allocation, besides: readonly string[] = []) =>
  assumptions.assets.flatMap((asset, index) => {
    const weight = allocation[asset.key] ?? 0
    return weight === 0 && !besides.includes(asset.key) ? [] : [{ asset, index, weight }]
  })

/** Keys of an allocation that the assumption set does not have. */
export const unknownAssets = (assumptions: CapitalMarketAssumptions, allocation: Allocation): string[] => {
  const known = new Set(assumptions.assets.map(asset => asset.key))
  return Object.keys(allocation).filter(key => !known.has(key))
}

/**
 * The return model of an allocation under an assumption set: its asset classes, their weights, and their rows and columns of the
 * correlation matrix.
 * @param besides asset classes that an account holds and the allocation does not
 * @throws InvalidSpecError for an asset class that the assumption set does not have
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
 * Two regimes: calm years follow the lognormal model; turbulent years have shifted means and scaled volatilities. Correlations and
 * inflation are the same in both. The probability to begin in a regime is its long-run share of years.
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
  /** Expected return above cash, divided by volatility (Sharpe, 1966). Null without a cash asset class or without volatility. */
  readonly sharpeRatio: number | null
}

/**
 * Mean, volatility and Sharpe ratio of an annually rebalanced allocation: w·m and sqrt(w·S·w), S the covariance of the asset classes
 * (Markowitz, 1952).
 * @param cashKey the risk-free asset class
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

/** Stages of an assumption set's approval. A retired set is no longer used. */
export type AssumptionStatus = 'draft' | 'in_review' | 'approved' | 'retired'

const transitions: Readonly<Record<AssumptionStatus, readonly AssumptionStatus[]>> = {
  draft: ['in_review', 'retired'],
  in_review: ['approved', 'draft', 'retired'],
  approved: ['retired'],
  retired: [],
}

/** Statuses that an assumption set can change to. Approval needs a review first, and a retired set stays retired. */
export const nextStatuses = (status: AssumptionStatus): readonly AssumptionStatus[] => transitions[status]
