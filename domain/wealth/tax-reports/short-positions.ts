import { type CalendarDate, Decimal } from '../../shared/index.ts'

/** Days from one to another, both of them included; null while they go on. */
export interface DaySpan {
  readonly from: CalendarDate
  readonly until: CalendarDate | null
}

interface Holding extends DaySpan {
  readonly quantity: string
}

/** A part of a holding, with the days on which it was sold short too. */
export interface ReducedHolding<Each> {
  readonly holding: Each
  readonly quantity: string
  readonly uncounted: readonly DaySpan[]
}

const overlaps = (one: DaySpan, other: DaySpan): boolean =>
  (other.until === null || one.from <= other.until) && (one.until === null || other.from <= one.until)

/**
 * Divides holdings into parts by the short sales of the same security that were open meanwhile: of as many shares as were sold short, those that were
 * acquired first, the days of the short sale do not count, from its day to that of its cover. Source: IRC 246(c)(4)(A); the order of acquisition as
 * in IRC 1233(b)(2).
 */
export const reduceByShorts = <Each extends Holding>(longs: readonly Each[], shorts: readonly Holding[]): ReducedHolding<Each>[] => {
  let parts: ReducedHolding<Each>[] = longs
    .toSorted((one, other) => one.from.localeCompare(other.from))
    .map(holding => ({ holding, quantity: holding.quantity, uncounted: [] }))
  for (const { from, quantity, until } of shorts.toSorted((one, other) => one.from.localeCompare(other.from))) {
    const span = { from, until }
    let left = new Decimal(quantity)
    parts = parts.flatMap(part => {
      if (left.isZero() || !overlaps(part.holding, span) || part.uncounted.some(each => overlaps(each, span))) return [part]
      const taken = Decimal.min(left, part.quantity)
      const rest = new Decimal(part.quantity).minus(taken)
      left = left.minus(taken)
      const reduced = { ...part, quantity: taken.toFixed(), uncounted: [...part.uncounted, span] }
      return rest.isZero() ? [reduced] : [reduced, { ...part, quantity: rest.toFixed() }]
    })
  }
  return parts
}
