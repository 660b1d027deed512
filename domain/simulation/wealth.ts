import { BLOCK_PATHS } from './stages.ts'

/** In `depletedIn`: the path could pay every withdrawal so far. */
export const NOT_DEPLETED = -1

/** The wealth of a block of paths, one lane per path. */
export interface Wealth {
  balance: Float64Array
  /** Price level relative to the as-of date. */
  priceIndex: Float64Array
  /** Year (from 0) in which a withdrawal could first not be paid in full, or NOT_DEPLETED. */
  depletedIn: Int32Array
  /** Gross portfolio return and gross inflation since the year's start. */
  yearGrowth: Float64Array
  yearInflation: Float64Array
  /** Gross portfolio return of all years so far, and sums of their simple returns, nominal and real. */
  growth: Float64Array
  nominalReturnSum: Float64Array
  realReturnSum: Float64Array
}

/** How the wealth of a block of paths changes. */
export interface BlockWealth {
  readonly wealth: Wealth
  open(): void
  /** Applies the flows of a step. */
  pay(year: number): void
  /** Applies the returns that the market has just drawn. */
  grow(year: number, stepOfYear: number): void
}

export function createWealth(): Wealth {
  const lanes = (): Float64Array => new Float64Array(BLOCK_PATHS)
  return {
    balance: lanes(),
    priceIndex: lanes(),
    depletedIn: new Int32Array(BLOCK_PATHS),
    yearGrowth: lanes(),
    yearInflation: lanes(),
    growth: lanes(),
    nominalReturnSum: lanes(),
    realReturnSum: lanes(),
  }
}

export function openWealth(wealth: Wealth, openingBalance: number): void {
  wealth.balance.fill(openingBalance)
  wealth.priceIndex.fill(1)
  wealth.depletedIn.fill(NOT_DEPLETED)
  wealth.growth.fill(1)
  wealth.nominalReturnSum.fill(0)
  wealth.realReturnSum.fill(0)
}

export function openYear(wealth: Wealth): void {
  wealth.yearGrowth.fill(1)
  wealth.yearInflation.fill(1)
}

/** Adds a step's net flow. A withdrawal beyond the balance takes the whole balance and depletes the path for good. */
export function applyFlow(wealth: Wealth, year: number, realFlow: number, nominalFlow: number): void {
  const { balance, priceIndex, depletedIn } = wealth
  for (let lane = 0; lane < BLOCK_PATHS; lane++) {
    const after = balance[lane]! + (realFlow * priceIndex[lane]! + nominalFlow)
    if (depletedIn[lane] !== NOT_DEPLETED) continue
    if (after >= 0) {
      balance[lane] = after
    } else {
      balance[lane] = 0
      depletedIn[lane] = year
    }
  }
}

export function grow(wealth: Wealth, growth: Float64Array, inflation: Float64Array): void {
  const { balance, priceIndex, yearGrowth, yearInflation } = wealth
  for (let lane = 0; lane < BLOCK_PATHS; lane++) {
    balance[lane] = balance[lane]! * growth[lane]!
    priceIndex[lane] = priceIndex[lane]! * inflation[lane]!
    yearGrowth[lane] = yearGrowth[lane]! * growth[lane]!
    yearInflation[lane] = yearInflation[lane]! * inflation[lane]!
  }
}

export function closeYear(wealth: Wealth): void {
  const { yearGrowth, yearInflation, growth, nominalReturnSum, realReturnSum } = wealth
  for (let lane = 0; lane < BLOCK_PATHS; lane++) {
    const annual = yearGrowth[lane]!
    growth[lane] = growth[lane]! * annual
    nominalReturnSum[lane] = nominalReturnSum[lane]! + (annual - 1)
    realReturnSum[lane] = realReturnSum[lane]! + (annual / yearInflation[lane]! - 1)
  }
}
