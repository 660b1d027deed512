/** The reasons for a year's spending: bits of `SpendingState.reasons`. Several can be set at once. */
export const SPENDING_REASON = {
  /** First year of spending. */
  initial: 1 << 0,
  /** Raised by inflation. */
  inflation: 1 << 1,
  /** Raised by the cap, because inflation was higher. */
  inflationCapped: 1 << 2,
  /** Not raised, after a year of negative return (withdrawal rule). */
  inflationSkipped: 1 << 3,
  /** Cut: the withdrawal rate was above the upper guardrail (capital preservation rule). */
  capitalPreservation: 1 << 4,
  /** Not cut although above the upper guardrail, because too few years are left. */
  preservationOff: 1 << 5,
  /** Raised: the withdrawal rate was below the lower guardrail (prosperity rule). */
  prosperity: 1 << 6,
  /** A share of the balance. */
  balanceShare: 1 << 7,
  /** Limited by the floor. */
  floor: 1 << 8,
  /** Limited by the ceiling. */
  ceiling: 1 << 9,
  /** Raised: the balance was far enough above the first balance (ratchet). */
  ratchet: 1 << 10,
  /** The annuity payment for the years left. */
  yearsLeft: 1 << 11,
  /** The balance divided by the life expectancy of the age. */
  lifeExpectancy: 1 << 12,
  /** The least share of last year's spending. */
  keptShare: 1 << 13,
  /** Changed by the age curve. */
  age: 1 << 14,
  /** The rule allowed less than the essential spending. */
  essential: 1 << 15,
  /** Last year's amount raised by inflation, blended with the balance divided by the life expectancy. */
  blend: 1 << 16,
  /** A share of the balance that follows the earnings yield of stocks. */
  earningsYield: 1 << 17,
} as const

export type SpendingReason = keyof typeof SPENDING_REASON

const NAMES = Object.keys(SPENDING_REASON) as SpendingReason[]

/** The names of the bits that are set, in the order of SPENDING_REASON. */
export function spendingReasons(reasons: number): SpendingReason[] {
  return NAMES.filter(name => (reasons & SPENDING_REASON[name]) !== 0)
}
