/** The state of a rule on one path, and its decision for the latest year. One object is reused for path after path. */
export interface SpendingState {
  /** Years spent so far. */
  years: number
  /** Spending of the first year, as a share of that year's balance and in money of the as-of date. */
  initialRate: number
  initialReal: number
  initialBalance: number
  initialPriceIndex: number
  /** Latest year's nominal spending before the age curve. Rules start from it in the next year. */
  base: number
  /** Years since the latest raise, for a rule that limits how often it raises. */
  yearsSinceRaise: number
  /** Factor of the age curve in the latest year. */
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

/** The input of a rule at the start of a year. The caller may reuse the object. */
export interface SpendingYear {
  /** Whole years, 0..120. */
  age: number
  /** Nominal, before this year's spending. Infinite where no spending is drawn from it: the rate is then 0. */
  balance: number
  /** Price level at the start of the year relative to the as-of date. */
  priceIndex: number
  /** Last year's rise of the price index, as a fraction. Not read in the first year of spending. */
  inflation: number
  /** Last year's simple nominal return, as a fraction. Not read in the first year of spending. */
  portfolioReturn: number
  /** Years of spending that are left, including this one: 1..120. */
  yearsLeft: number
  /** 1 / CAPE: the mean real earnings of stocks over ten years, divided by their price. Only the CAPE-based rule reads it. 0 if left out. */
  earningsYield?: number
}

/** A rule: returns the year's nominal spending before the age curve, and sets the reasons. Called once per year, in order. */
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
