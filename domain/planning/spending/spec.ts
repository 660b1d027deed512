/**
 * How a household spends in retirement: a rule that sets each year's amount, the part of it that must be paid whatever the rule says,
 * and how spending changes with age. Plain JSON. "Real" amounts are a year's, in money of the as-of date; rates are fractions.
 */
export interface SpendingSpec {
  rule: SpendingRuleSpec
  /** Real spending a rule never cuts: where the rule's amount is below it, the essential amount is spent. */
  essentialReal: number
  /** Multiplies what the rule allows; a rule's memory of last year is kept without it, so that planned changes are not taken for cuts or raises. */
  ageCurve?: AgeCurve
  /** Multiplies the essential amount. */
  essentialAgeCurve?: AgeCurve
  /** The spending a path must pay every year to succeed. */
  success: 'essential' | 'all'
}

/** Factors of the first year's real spending by age; before the first point and after the last the nearest factor holds. */
export interface AgeCurve {
  /** Between points: on a straight line, or as at the point before. */
  interpolation: 'linear' | 'step'
  /** Ages (whole years, 0..120) ascending. */
  points: { age: number; factor: number }[]
}

export type SpendingRuleSpec =
  | ConstantRealSpec
  | FixedPercentSpec
  | FloorCeilingSpec
  | GuytonKlingerSpec
  | VpwSpec
  | RmdSpec
  | RatchetSpec
  | NinetyFivePercentSpec
  | OneOverNSpec
  | HebelerAutopilotSpec
  | CapeBasedSpec

/** Spending of the first year of retirement: a real amount, or a share of the balance at that time. */
export type InitialSpending = { kind: 'amount'; amountReal: number } | { kind: 'rate'; rate: number }

/**
 * The first year's amount, raised by inflation every year.
 * Source: Bengen, "Determining Withdrawal Rates Using Historical Data", Journal of Financial Planning 7(4), 1994.
 */
export interface ConstantRealSpec {
  kind: 'constant-real'
  initial: InitialSpending
}

/** A fixed share of each year's balance. */
export interface FixedPercentSpec {
  kind: 'fixed-percent'
  rate: number
}

/**
 * A fixed share of each year's balance, kept within a band around a real amount: the first year's, or last year's.
 * Source: Bengen, "Conserving Client Portfolios During Retirement, Part IV", Journal of Financial Planning 14(5), 2001 (first year's; 15 % below,
 * 20 % above); Jaconetti, DiJoseph, Kinniry, Pakula and Lobel, "From assets to income: A goals-based approach to retirement spending",
 * Vanguard Research, 2016 (last year's: dynamic spending; 2.5 % below, 5 % above).
 */
export interface FloorCeilingSpec {
  kind: 'floor-ceiling'
  rate: number
  /** The year whose real amount the band is around. */
  around: 'first' | 'last'
  /** How far below that amount spending may fall, a fraction of it. */
  floorBelow: number
  /** How far above it spending may rise, a fraction of it. */
  ceilingAbove: number
}

/**
 * Guardrails around the first year's withdrawal rate, or the first above zero. The current rate is last year's spending over this year's balance.
 * Withdrawal rule: spending rises with inflation, but not after a year of negative portfolio return while the current rate is above the initial.
 * Capital preservation rule: the current rate more than `upperGuardrail` above the initial cuts spending, unless `preservationOffYears` or fewer are left.
 * Prosperity rule: the current rate more than `lowerGuardrail` below the initial raises it.
 * Portfolio management rule: equities are not sold after a negative year while other assets last; it moves no amount, and is told as `equitiesSpared`.
 * Source: Guyton and Klinger, "Decision Rules and Maximum Initial Withdrawal Rates", Journal of Financial Planning 19(3), 2006;
 * the inflation cap from Guyton, "Decision Rules and Portfolio Management for Retirees", Journal of Financial Planning 17(10), 2004.
 */
export interface GuytonKlingerSpec {
  kind: 'guyton-klinger'
  initial: InitialSpending
  upperGuardrail: number
  lowerGuardrail: number
  cut: number
  raise: number
  preservationOffYears: number
  /** Whether the withdrawal rule skips the inflation raise after a loss. */
  freezeAfterLoss: boolean
  /** Highest inflation raise of a year, never made up for later; null for none. */
  inflationCap: number | null
}

/** The parameters of the 2006 article. */
export const GUYTON_KLINGER_2006 = {
  kind: 'guyton-klinger',
  upperGuardrail: 0.2,
  lowerGuardrail: 0.2,
  cut: 0.1,
  raise: 0.1,
  preservationOffYears: 15,
  freezeAfterLoss: true,
  inflationCap: null,
} as const satisfies Omit<GuytonKlingerSpec, 'initial'>

/**
 * Variable percentage withdrawal: the payment, at the start of each year, that would use the balance up in the years left at a constant real
 * growth, down to a legacy. Source: Bogleheads, "Variable percentage withdrawal".
 */
export interface VpwSpec {
  kind: 'vpw'
  /** Real growth a year. */
  growthReal: number
  /** Real amount to be left at the end. */
  legacyReal: number
}

/**
 * Real growth of world stocks and bonds the published table of percentages is computed with
 * (Credit Suisse Global Investment Returns Yearbook 2019, compound annual returns from 1900 on).
 */
const VPW_GROWTH_REAL = { stocks: 0.05, bonds: 0.019 } as const

/** Real growth of the published table for a share of stocks in 0..1, the rest bonds. */
export function vpwGrowthReal(stockShare: number): number {
  return stockShare * VPW_GROWTH_REAL.stocks + (1 - stockShare) * VPW_GROWTH_REAL.bonds
}

/**
 * The balance over the life expectancy that required minimum distributions are computed with.
 * Source: Sun and Webb, "Should Households Base Asset Decumulation Strategies on Required Minimum Distribution Tables?", 2012.
 */
export interface RmdSpec {
  kind: 'rmd'
  /** Age of the table's first divisor; each year younger adds one to it, a convention of this rule. */
  firstAge: number
  /** Divisors by age from `firstAge`, such as the IRS Uniform Lifetime Table; the last holds for all later ages. */
  divisors: number[]
}

/**
 * Constant real spending raised for good once the balance is far enough above the first: never cut.
 * Source: Kitces, "The Ratcheting Safe Withdrawal Rate", 2015 (10 % once 50 % above, at most every three years).
 */
export interface RatchetSpec {
  kind: 'ratchet'
  initial: InitialSpending
  /** How far above the first balance, a fraction of it. */
  threshold: number
  /** Whether the first balance is compared as it was (the published rule) or raised by inflation. */
  thresholdIn: 'nominal' | 'real'
  raise: number
  /** Years from one raise to the next, at least. */
  everyYears: number
}

/**
 * A fixed share of each year's balance, but at least a share of last year's nominal spending.
 * Source: Clyatt, "Work Less, Live More", 2005 (4 %, 95 %).
 */
export interface NinetyFivePercentSpec {
  kind: 'ninety-five-percent'
  rate: number
  /** Share of last year's spending kept at least. */
  keep: number
}

/**
 * The balance over the years left: what an annuity without growth pays, and everything in the last year.
 * Source: the 1/T rule of Dus, Maurer and Mitchell, "Betting on Death and Capital Markets in Retirement", Financial Services Review 14(3), 2005.
 */
export interface OneOverNSpec {
  kind: 'one-over-n'
}

/**
 * A blend of last year's amount, raised by inflation, with the balance over the life expectancy that required minimum distributions are
 * computed with; the latter alone in the first year. Source: Hebeler, "Getting Started in a Financially Secure Retirement", 2007, and his
 * autopilot of 2015 (75 % of last year's amount); he divides by the expectancy at a growth of 1.45 %, this rule without growth.
 */
export interface HebelerAutopilotSpec {
  kind: 'hebeler-autopilot'
  /** Share of last year's amount in the blend. */
  lastYearShare: number
  /** As in RmdSpec. */
  firstAge: number
  divisors: number[]
}

/**
 * A share of each year's balance that follows the earnings yield of stocks: baseRate + yieldShare / CAPE, no more than all of it.
 * Source: Jeske, "The Ultimate Guide to Safe Withdrawal Rates, Part 18: Flexibility and the Mechanics of CAPE-Based Rules", Early Retirement
 * Now, 2017 (1.75 % and 0.5).
 */
export interface CapeBasedSpec {
  kind: 'cape-based'
  baseRate: number
  yieldShare: number
}
