/** Returns of the days from Monday to Friday, with their days. */
export interface WeekdayReturns {
  /** Days since 1970-01-01. */
  readonly days: Int32Array
  readonly returns: Float64Array
}

/**
 * Leaves out Saturdays and Sundays, on which markets are closed, so that about 252 to 261 returns make a year: a return of theirs, as of interest, is
 * linked to that of the next day that is kept, or of the last one at the end.
 * @param returns of consecutive days
 */
export const weekdayReturns = (returns: Float64Array, firstDay: number): WeekdayReturns => {
  const days: number[] = []
  const kept: number[] = []
  let carried = 1
  for (let index = 0; index < returns.length; index += 1) {
    carried *= 1 + returns[index]!
    // 1970-01-01 was a Thursday: day 2 was a Saturday.
    const weekday = (((firstDay + index - 2) % 7) + 7) % 7
    if (weekday < 2) continue
    days.push(firstDay + index)
    kept.push(carried - 1)
    carried = 1
  }
  if (carried !== 1 && kept.length > 0) kept[kept.length - 1] = (1 + kept.at(-1)!) * carried - 1
  return { days: Int32Array.from(days), returns: Float64Array.from(kept) }
}
