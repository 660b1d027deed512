import { marketStepsOf } from './path-market.ts'
import { normalisedWeights } from './portfolio.ts'
import type { SimulationSpec } from './spec.ts'
import { assertValidSpec } from './validate-spec.ts'

/** One year of one path. Amounts are in money of the year, except `realBalance`. */
export interface LedgerYear {
  /** From 0. */
  year: number
  opening: number
  /** Net flow that was received (positive) or paid (negative), the sum of the year's steps. */
  flow: number
  /** Investment gain or loss: closing - opening - flow. */
  growth: number
  /** Gross portfolio return of the year, without flows. */
  portfolioGrowth: number
  /** Price level at the year's end relative to the as-of date. */
  priceIndex: number
  closing: number
  /** Closing balance in money of the as-of date. */
  realBalance: number
  /** Whether every withdrawal until now was paid in full. */
  paidInFull: boolean
}

/**
 * Redraws one path alone, year by year, with the same bits as in the whole run. Written path by path from the definitions,
 * without the block stages, so that each implementation checks the other.
 *
 * @throws InvalidSpecError
 * @throws RangeError unless 0 <= path < spec.paths
 */
export function simulatePath(spec: SimulationSpec, path: number): LedgerYear[] {
  assertValidSpec(spec)
  if (!(Number.isInteger(path) && 0 <= path && path < spec.paths))
    throw new RangeError(`path ${path} does not exist: the specification has ${spec.paths} paths`)
  const nextYear = portfolioYearsOf(spec, path)
  const ledger: LedgerYear[] = []
  let balance = spec.openingBalance
  let priceIndex = 1
  let paidInFull = true
  for (let year = 0; year < spec.years; year++) {
    const opening = balance
    let flow = 0
    const pay = (): void => {
      const wanted = (spec.realFlows[year]! / spec.stepsPerYear) * priceIndex + spec.nominalFlows[year]! / spec.stepsPerYear
      if (!paidInFull) return
      paidInFull = balance + wanted >= 0
      flow += paidInFull ? wanted : -balance
      balance = paidInFull ? balance + wanted : 0
    }
    let portfolioGrowth = 1
    for (const step of nextYear()) {
      if (spec.flowTiming === 'begin') pay()
      balance *= step.growth
      priceIndex *= step.inflation
      portfolioGrowth *= step.growth
      if (spec.flowTiming === 'end') pay()
    }
    const growth = balance - opening - flow
    const realBalance = balance / priceIndex
    ledger.push({ year, opening, flow, growth, portfolioGrowth, priceIndex, closing: balance, realBalance, paidInFull })
  }
  return ledger
}

/** Gross portfolio return and gross inflation of a step. */
interface PortfolioStep {
  growth: number
  inflation: number
}

/** Makes a function that goes through a path's years. The portfolio starts each year at its target weights, and drifts within the year. */
function portfolioYearsOf({ returns, seed, stepsPerYear }: SimulationSpec, path: number): () => PortfolioStep[] {
  const nextStep = marketStepsOf(returns, stepsPerYear, seed, path)
  const weights = normalisedWeights(returns.assets)
  return () => {
    const holdings = [...weights]
    let value = 1
    return Array.from({ length: stepsPerYear }, () => {
      const gross = nextStep()
      for (const asset of holdings.keys()) holdings[asset] = holdings[asset]! * gross[asset]!
      const valueBefore = value
      value = holdings.reduce((total, holding) => total + holding, 0)
      return { growth: value / valueBefore, inflation: gross.at(-1)! }
    })
  }
}
