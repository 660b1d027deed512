/** Most steps between the points of a chart. */
const MOST_STEPS = 400

/** At most 401 days from a day to another one, with the same distance. The last day is always among them, the first one only if the distance fits. */
export const chartDays = (first: number, last: number): number[] => {
  const step = Math.max(1, Math.ceil((last - first) / MOST_STEPS))
  const days: number[] = []
  for (let day = last; day >= first; day -= step) days.push(day)
  return days.toReversed()
}
