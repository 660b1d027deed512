import { mayBeChance } from './results.ts'

interface Difference {
  readonly estimate: number
  readonly lower: number
  readonly upper: number
}

/** The largest of some differences, if it is above 0, and whether it can be chance. */
export const bestOf = (
  differences: readonly Difference[],
): { readonly place: number; readonly difference: Difference; readonly mayBeChance: boolean } | undefined => {
  const most = Math.max(...differences.map(({ estimate }) => estimate))
  const place = differences.findIndex(({ estimate }) => estimate === most)
  const difference = differences[place]
  return difference && most > 0 ? { place, difference, mayBeChance: mayBeChance(difference) } : undefined
}
