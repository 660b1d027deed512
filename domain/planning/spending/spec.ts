/**
 * How a household spends in retirement: a rule that sets each year's amount, the essential part that no rule cuts, and a curve of
 * spending over age. Plain JSON. "Real" amounts are per year, in money of the as-of date. Rates are fractions.
 */
export interface SpendingSpec {
  rule: SpendingRuleSpec
  /** Real spending that a rule never cuts. Where the rule's amount is below it, the essential amount is spent. */
  essentialReal: number
  /** Multiplies the rule's amount. Rules remember last year's amount without this factor, so a planned change is not a cut or a raise. */
  ageCurve?: AgeCurve
  /** Multiplies the essential amount. */
  essentialAgeCurve?: AgeCurve
  /** The spending that a path must pay every year to succeed. */
  success: 'essential' | 'all'
}

/** Factors of the first year's real spending by age. Before the first point and after the last, the nearest factor applies. */
export interface AgeCurve {
  /** Between points: linear, or the factor of the point before. */
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
 * A fixed share of each year's balance, kept within a band around a real amount: that of the first year, or of last year.
 * Source: Bengen, "Conserving Client Portfolios During Retirement, Part IV", Journal of Financial Planning 14(5), 2001 (first year's; 15 % below,
 * 20 % above); Jaconetti, DiJoseph, Kinniry, Pakula and Lobel, "From assets to income: A goals-based approach to retirement spending",
 * Vanguard Research, 2016 (last year's: dynamic spending; 2.5 % below, 5 % above).
 */
export interface FloorCeilingSpec {
  kind: 'floor-ceiling'
  rate: number
  /** The year of the real amount that the band is around. */
  around: 'first' | 'last'
  /** How far spending may fall below that amount, as a fraction of it. */
  floorBelow: number
  /** How far spending may rise above that amount, as a fraction of it. */
  ceilingAbove: number
}

/**
 * Guardrails around the first year's withdrawal rate, or the first above zero. The current rate is last year's spending over this year's balance.
 * Withdrawal rule: spending rises with inflation, but not after a year of negative portfolio return while the current rate is above the initial.
 * Capital preservation rule: the current rate more than `upperGuardrail` above the initial cuts spending, unless `preservationOffYears` or fewer are left.
 * Prosperity rule: the current rate more than `lowerGuardrail` below the initial raises it.
 * Portfolio management rule: equities are not sold after a negative year while other assets last. It sets `equitiesSpared`, not the amount.
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
  /** Highest inflation raise of a year; the excess is not made up for later. Null for no cap. */
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
 * Variable percentage withdrawal: the payment, at the start of each year, that would use up the balance in the years left at a constant
 * real growth, except for a legacy. Source: Bogleheads, "Variable percentage withdrawal".
 */
export interface VpwSpec {
  kind: 'vpw'
  /** Real growth per year. */
  growthReal: number
  /** Real amount to be left at the end. */
  legacyReal: number
}

/**
 * Real growth of world stocks and bonds that the published table of percentages is computed with
 * (Credit Suisse Global Investment Returns Yearbook 2019, compound annual returns from 1900 on).
 */
const VPW_GROWTH_REAL = { stocks: 0.05, bonds: 0.019 } as const

/** Real growth of the published table for a share of stocks from 0 to 1; the rest is bonds. */
export function vpwGrowthReal(stockShare: number): number {
  return stockShare * VPW_GROWTH_REAL.stocks + (1 - stockShare) * VPW_GROWTH_REAL.bonds
}

/**
 * The balance divided by the life expectancy that required minimum distributions use.
 * Source: Sun and Webb, "Should Households Base Asset Decumulation Strategies on Required Minimum Distribution Tables?", 2012.
 */
export interface RmdSpec {
  kind: 'rmd'
  /** Age of the table's first divisor. Each year below this age adds one to the divisor, a convention of this rule. */
  firstAge: number
  /** Divisors by age from `firstAge`, such as the IRS Uniform Lifetime Table. The last one applies to all later ages. */
  divisors: number[]
}

/**
 * Constant real spending, raised permanently when the balance is far enough above the first balance, and never cut.
 * Source: Kitces, "The Ratcheting Safe Withdrawal Rate", 2015 (10 % once 50 % above, at most every three years).
 */
export interface RatchetSpec {
  kind: 'ratchet'
  initial: InitialSpending
  /** How far the balance must be above the first balance, as a fraction of it. */
  threshold: number
  /** Whether the first balance is compared in nominal money (the published rule) or raised by inflation. */
  thresholdIn: 'nominal' | 'real'
  raise: number
  /** Least number of years from one raise to the next. */
  everyYears: number
}

/**
 * A fixed share of each year's balance, but at least a share of last year's nominal spending.
 * Source: Clyatt, "Work Less, Live More", 2005 (4 %, 95 %).
 */
export interface NinetyFivePercentSpec {
  kind: 'ninety-five-percent'
  rate: number
  /** Least share of last year's spending. */
  keep: number
}

/**
 * The balance divided by the years left: the payment of an annuity without growth, and everything in the last year.
 * Source: the 1/T rule of Dus, Maurer and Mitchell, "Betting on Death and Capital Markets in Retirement", Financial Services Review 14(3), 2005.
 */
export interface OneOverNSpec {
  kind: 'one-over-n'
}

/**
 * A blend of two amounts: last year's, raised by inflation, and the balance divided by the life expectancy that required minimum
 * distributions use. The first year takes the second amount only. Source: Hebeler, "Getting Started in a Financially Secure Retirement",
 * 2007, and his autopilot of 2015 (75 % of last year's amount). He divides by the expectancy at a growth of 1.45 %, this rule without growth.
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
 * A share of each year's balance that follows the earnings yield of stocks: baseRate + yieldShare / CAPE, at most the whole balance.
 * Source: Jeske, "The Ultimate Guide to Safe Withdrawal Rates, Part 18: Flexibility and the Mechanics of CAPE-Based Rules", Early Retirement
 * Now, 2017 (1.75 % and 0.5).
 */
export interface CapeBasedSpec {
  kind: 'cape-based'
  baseRate: number
  yieldShare: number
}
