/** Most steps between the points of a chart. */
const MOST_STEPS = 400

/** At most 402 days from a day to another one, both of them among these. They have the same distance, except that the first one can be nearer to the second. */
export const chartDays = (first: number, last: number): number[] => {
  const step = Math.max(1, Math.ceil((last - first) / MOST_STEPS))
  const days: number[] = []
  for (let day = last; day > first; day -= step) days.push(day)
  days.push(first)
  return days.toReversed()
}
