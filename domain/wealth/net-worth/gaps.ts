import { addDays, dateOfEpochDay } from '../../shared/index.ts'
import type { ValueGap } from '../performance/history/types.ts'

const keyOf = ({ accountId, from, symbol }: ValueGap): string => `${accountId} ${symbol ?? ''} ${from}`
const byHolding = (one: ValueGap, other: ValueGap): number => (keyOf(one) < keyOf(other) ? -1 : 1)

/** The gaps of a history up to a day, and those of the history that continues it: a gap over that day is one. */
export const joinGaps = (before: readonly ValueGap[], day: number, after: readonly ValueGap[]): ValueGap[] => {
  const last = dateOfEpochDay(day)
  const kept = before.filter(({ from }) => from <= last).map(gap => (gap.to > last ? { ...gap, to: last } : gap))
  for (const gap of after) {
    const place = kept.findIndex(
      ({ accountId, symbol, to }) => accountId === gap.accountId && symbol === gap.symbol && addDays(to, 1) === gap.from,
    )
    if (place < 0) kept.push(gap)
    else kept[place] = { ...kept[place]!, to: gap.to }
  }
  return kept.toSorted(byHolding)
}
