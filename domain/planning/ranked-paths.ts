import type { PathEnds } from '../simulation/index.ts'

/** A path by its place among all paths of a run. */
export interface RankedPath {
  /** From 1, the worst path, to the number of paths. */
  readonly rank: number
  readonly pathIndex: number
  /** Plan year, from 0, in which the path first fails; null for a success. */
  readonly failureYear: number | null
  /** Wealth at the path's end, in money of the as-of date. */
  readonly endingWealthReal: number
}

/** What the words of ranked paths mean, kept with them. */
export const RANK_DEFINITIONS = {
  rank: 'From 1, the worst path. Paths that fail come before those that succeed, an earlier failure before a later one. Paths that fail in the same year, and those that succeed, are in the order of their ending wealth, and of their numbers where it is equal.',
  percentile: 'The path of a percentile has the rank 1 + percentile × (paths − 1), rounded down: 0 is the worst path, 1 the best.',
  endingWealth: 'Wealth at the end of the path, in money of the as-of date, as in the result of the run.',
}

/** The rank of a percentile, a fraction in [0, 1]. */
export const rankAt = (percentile: number, paths: number): number => 1 + Math.floor(percentile * (paths - 1))

/** The paths of these ranks, which are from 1 to the number of paths. See RANK_DEFINITIONS. */
export function pathsAtRanks({ depletedIn, endingReal }: PathEnds, ranks: readonly number[]): RankedPath[] {
  const orderOf = (year: number): number => (year < 0 ? Infinity : year)
  const byFailure = [...Map.groupBy(depletedIn.keys(), path => depletedIn[path]!)].toSorted(([a], [b]) => orderOf(a) - orderOf(b))
  let first = 1
  const groups = byFailure.map(([year, paths]) => {
    const group = { year, paths, first, sorted: undefined as Float64Array | undefined }
    first += paths.length
    return group
  })
  return ranks.map(rank => {
    const group = groups.findLast(each => each.first <= rank)!
    const sorted = (group.sorted ??= Float64Array.from(group.paths, path => endingReal[path]!).toSorted())
    const place = rank - group.first
    const endingWealthReal = sorted[place]!
    let before = place - sorted.indexOf(endingWealthReal)
    const pathIndex = group.paths.find(path => endingReal[path] === endingWealthReal && before-- === 0)!
    return { rank, pathIndex, failureYear: group.year < 0 ? null : group.year, endingWealthReal }
  })
}
