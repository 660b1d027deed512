/** What a rule remembers of one path, and what it said of the latest year. One object serves path after path. */
export interface SpendingState {
  /** Years spent so far. */
  years: number
  /** Spending of the first year: as a share of its balance, and in money of the as-of date. */
  initialRate: number
  initialReal: number
  initialBalance: number
  initialPriceIndex: number
  /** Latest year's nominal spending before the curve over age: what rules go on from. */
  base: number
  /** Years since the latest raise of a rule that limits how often it raises. */
  yearsSinceRaise: number
  /** Factor of the curve over age in the latest year. */
  ageFactor: number
  /** Latest year's nominal spending and its parts: total = essential + discretionary. */
  total: number
  essential: number
  discretionary: number
  /** Bits of SPENDING_REASON for the latest year. */
  reasons: number
  /** Whether equities should not be sold this year while other assets last (portfolio management rule of Guyton-Klinger). */
  equitiesSpared: boolean
}

/** One year as a rule sees it, at its start. The caller may reuse the object. */
export interface SpendingYear {
  /** Whole years, 0..120. */
  age: number
  /** Nominal, before this year's spending; infinite where nothing is drawn from it, which makes a rate of 0. */
  balance: number
  /** Price level at the start of the year relative to the as-of date. */
  priceIndex: number
  /** Last year's, a fraction; the price index rose by it. Not read in the first year of spending. */
  inflation: number
  /** Last year's simple nominal return, a fraction. Not read in the first year of spending. */
  portfolioReturn: number
  /** Years of spending still to come, this one included: 1..120. */
  yearsLeft: number
  /** Real earnings of stocks, the mean of ten years, over their price: 1 / CAPE. Of use to the rule that follows it alone; 0 if left out. */
  earningsYield?: number
}

/** A rule: nominal spending of the year before the curve over age; sets reasons. It is called once a year, in order. */
export type RuleAmount = (state: SpendingState, year: SpendingYear) => number

export function createSpendingState(): SpendingState {
  return {
    years: 0,
    initialRate: 0,
    initialReal: 0,
    initialBalance: 0,
    initialPriceIndex: 1,
    base: 0,
    yearsSinceRaise: 0,
    ageFactor: 1,
    total: 0,
    essential: 0,
    discretionary: 0,
    reasons: 0,
    equitiesSpared: false,
  }
}
