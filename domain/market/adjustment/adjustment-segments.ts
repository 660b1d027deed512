import { Decimal } from 'decimal.js'

export interface SplitEvent {
  readonly exDate: string
  /** New shares for `denominator` old ones. */
  readonly numerator: number
  readonly denominator: number
}

export interface DividendEvent {
  readonly exDate: string
  /** Per share, in the money and shares at that time. */
  readonly amount: string
  /** Last known close before the ex-date, unadjusted, and its day; null if there is no such bar. */
  readonly closeBefore: string | null
  readonly closeDay: string | null
}

/** How bars of a range of days are made comparable with today's: `price * denominator / numerator * dividendFactor`, volume inversely. */
export interface AdjustmentSegment {
  /** First day; null: no lower limit. */
  readonly from: string | null
  /** The day after the last; null: no upper limit. */
  readonly until: string | null
  /** Product of the later splits' numerators, and of their denominators: integers, so that no share is lost to rounding. */
  readonly numerator: bigint
  readonly denominator: bigint
  /** Product of the later dividends' 1 - amount / close before. */
  readonly dividendFactor: string
}

const Factor = Decimal.clone({ precision: 30 })

/** The close before a dividend, in the shares of the day before the ex-date: splits between the two days change the shares. */
const closeOf = ({ closeBefore, closeDay, exDate }: DividendEvent, splits: readonly SplitEvent[]): Decimal | undefined => {
  if (closeBefore === null || closeDay === null) return undefined
  const between = splits.filter(split => split.exDate > closeDay && split.exDate < exDate)
  return between.reduce((close, { denominator, numerator }) => close.times(denominator).dividedBy(numerator), new Factor(closeBefore))
}

/**
 * The segments between the days of splits and dividends, oldest first. Back-adjustment as the Center for Research in Security
 * Prices and most vendors do it: the newest prices stay as they are, those before an ex-date are multiplied. A dividend without a known
 * close before it, or not below that close, has no effect.
 */
export const adjustmentSegments = (splits: readonly SplitEvent[], dividends: readonly DividendEvent[]): AdjustmentSegment[] => {
  const days = [...new Set([...splits, ...dividends].map(event => event.exDate))].toSorted().toReversed()
  const segments: AdjustmentSegment[] = [{ from: days[0] ?? null, until: null, numerator: 1n, denominator: 1n, dividendFactor: '1' }]
  for (const [index, day] of days.entries()) {
    let { dividendFactor, numerator, denominator } = segments[0]!
    for (const split of splits.filter(event => event.exDate === day)) {
      numerator *= BigInt(split.numerator)
      denominator *= BigInt(split.denominator)
    }
    const paidOnDay = dividends.filter(event => event.exDate === day)
    const close = paidOnDay[0] && closeOf(paidOnDay[0], splits)
    const paid = paidOnDay.reduce((sum, event) => sum.plus(event.amount), new Factor(0))
    if (close !== undefined && paid.lessThan(close)) {
      dividendFactor = new Factor(1).minus(paid.dividedBy(close)).times(dividendFactor).toFixed(24)
    }
    segments.unshift({ from: days[index + 1] ?? null, until: day, numerator, denominator, dividendFactor })
  }
  return segments
}
