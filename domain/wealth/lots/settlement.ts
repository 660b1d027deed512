import { addDays, type CalendarDate, dayOfWeek } from '../../shared/index.ts'

/** Business days from trade to settlement of securities in the United States, by the first trade date. Source: 17 CFR 240.15c6-1 and its amendments. */
const cycles: readonly (readonly [from: CalendarDate, days: number])[] = [
  ['2024-05-28', 1],
  ['2017-09-05', 2],
  ['1995-06-07', 3],
]

/** The day on which a trade settles by the rule: business days are Monday to Friday. A broker's own date is better where it is known. */
export const usualSettlement = (tradedOn: CalendarDate): CalendarDate => {
  let left = cycles.find(([from]) => tradedOn >= from)?.[1] ?? 5
  let day = tradedOn
  while (left > 0) {
    day = addDays(day, 1)
    if (dayOfWeek(day) <= 5) left -= 1
  }
  return day
}
