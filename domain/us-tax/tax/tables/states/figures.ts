import { type ByStatus, everyStatus } from '../../filing-status.ts'
import type { Brackets } from '../table.ts'
import type { IncomePoints } from './state-table.ts'

/** One rate on all taxable income. */
export const flat = (rate: number): Brackets => ({ rates: [rate], from: everyStatus([0]) })

/** An amount for each person: two on a joint return. */
export const perPerson = (amount: number): ByStatus<number> => ({ ...everyStatus(amount), marriedFilingJointly: 2 * amount })

/** A figure for each status; separate returns and heads of household have a single person's by default. */
export const byStatus = <T>(
  single: T,
  marriedFilingJointly: T,
  marriedFilingSeparately = single,
  headOfHousehold = single,
): ByStatus<T> => ({
  single,
  marriedFilingJointly,
  marriedFilingSeparately,
  headOfHousehold,
})

/** A share that falls linearly from 1 at one income to `least` at another. */
export const falling = (from: number, to: number, least = 0): IncomePoints => [
  [from, 1],
  [to, least],
]

/** A figure that jumps to another value above each given income. */
export const steps = (first: number, ...jumps: readonly (readonly [above: number, figure: number])[]): IncomePoints =>
  jumps.flatMap(([above, figure], i) => [[above, i === 0 ? first : jumps[i - 1]![1]] as const, [above, figure] as const])

/** An amount that rises by `rise` above each of `count` incomes, the first `above`, each `every` beyond the last. Several such series may follow one another. */
export const stairs = (
  ...flights: readonly { readonly above: number; readonly every: number; readonly rise: number; readonly count: number }[]
): IncomePoints => {
  let height = 0
  return steps(
    0,
    ...flights.flatMap(({ above, count, every, rise }) =>
      Array.from({ length: count }, (_, step) => {
        height += rise
        return [above + step * every, height] as const
      }),
    ),
  )
}
