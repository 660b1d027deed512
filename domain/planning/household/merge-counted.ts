import { bucketAt, meanOfUnits, type Sketch } from '../../numeric/index.ts'
import { inPathOrder } from '../../simulation/index.ts'
import type { CountedShard } from './counted-shard.ts'
import { createHouseholdCounts, type GoalCounts, type HouseholdCounts, mergeHouseholdCounts } from './counts.ts'
import { householdDefinitionsOf } from './definitions.ts'
import { depletionOf, openingWealth, proportion } from './merge.ts'
import { NOT_DEPLETED } from './path/household-path.ts'
import { type GoalResult, HOUSEHOLD_ENGINE_VERSION, type HouseholdResult, householdInputHash, type SamplePath } from './result.ts'
import { distributionOf, sketchedQuantiles } from './sample-counts.ts'
import { simulateHouseholdShard } from './shard.ts'
import type { Goal, HouseholdSpec } from './spec.ts'
import { lifetimeMeans, yearlyMeans } from './yearly-sums.ts'

/** Definitions that differ in a result made from counts. */
const DEFINITIONS = {
  quantiles:
    'Sample quantiles of Hyndman and Fan type 7: linear between the two nearest order statistics, each known from counts to within 0.2 %; amounts under a millionth count as zero.',
  samplePaths: 'For each percentile, the first path whose real ending wealth stands there, to within 0.2 %.',
}

/** Merges shards, which are added one by one in any order. */
export interface ShardMerge<Shard, Result> {
  add(shard: Shard): void
  /** @throws RangeError unless the shards belong to the specification and cover each of its paths once */
  result(): Result
}

/** Merges a household's counted shards in the memory of one. Any division into shards gives the same bits. */
export function createCountedMerge(spec: HouseholdSpec): ShardMerge<CountedShard, HouseholdResult> {
  const counts = createHouseholdCounts(spec)
  const firstPaths = new Map<number, number>()
  const parts: Pick<CountedShard, 'inputHash' | 'fromPath' | 'toPath'>[] = []
  return {
    add({ inputHash, fromPath, toPath, ...shard }) {
      parts.push({ inputHash, fromPath, toPath })
      mergeHouseholdCounts(counts, shard)
      for (let at = 0; at < shard.firstPaths.length; at += 2) {
        const [bucket, path] = [shard.firstPaths[at]!, shard.firstPaths[at + 1]!]
        firstPaths.set(bucket, Math.min(path, firstPaths.get(bucket) ?? path))
      }
    },
    result() {
      inPathOrder(parts, householdInputHash(spec), spec.paths)
      return summarise(spec, counts, firstPaths)
    },
  }
}

function summarise(spec: HouseholdSpec, counts: HouseholdCounts, firstPaths: ReadonlyMap<number, number>): HouseholdResult {
  const { paths, percentiles } = spec
  const surviving = [...counts.surviving].filter(alive => alive > 0)
  const failed = counts.failures.reduce((total, failed) => total + failed)
  const opening = openingWealth(spec)
  const bandsOf = (sketches: readonly Sketch[]): number[][] => {
    const quantiles = surviving.map((alive, year) => sketchedQuantiles(sketches[year]!, alive, percentiles))
    return percentiles.map((_, index) => quantiles.map(year => year[index]!))
  }
  return {
    engineVersion: HOUSEHOLD_ENGINE_VERSION,
    definitions: { ...householdDefinitionsOf(spec), ...DEFINITIONS },
    paths,
    success: { criterion: spec.successCriterion, ...proportion(paths - failed, paths) },
    surviving,
    bands: {
      percentiles,
      nominal: bandsOf(counts.wealthNominal).map(band => [opening, ...band]),
      real: bandsOf(counts.wealthReal).map(band => [opening, ...band]),
    },
    spending: { percentiles, real: bandsOf(counts.spendingReal) },
    depletion: depletionOf(spec, counts.failures),
    endingWealth: {
      nominal: distributionOf(counts.estateNominal, paths, percentiles),
      real: distributionOf(counts.estateReal, paths, percentiles),
    },
    taxes: {
      lifetimeReal: distributionOf(counts.taxesReal, paths, percentiles),
      meanByKind: lifetimeMeans(counts.yearly, paths),
    },
    goals: spec.goals.map((goal, index) => goalResult(goal, counts.goals[index]!)),
    yearly: { real: yearlyMeans(counts.yearly, surviving) },
    samplePaths: percentiles.map(fraction => {
      const bucket = bucketAt(counts.estateReal.sketch, Math.floor(fraction * (paths - 1)))
      return redrawn(spec, firstPaths.get(bucket)!, opening)
    }),
  }
}

function goalResult({ key, year }: Goal, { funded, reached, shares }: GoalCounts): GoalResult {
  const missed = reached - funded
  if (reached === 0) return { key, year, reached, missed, funded: null, meanFundedShare: null }
  return { key, year, reached, missed, funded: proportion(funded, reached), meanFundedShare: meanOfUnits(shares, reached) }
}

/** Simulates the sample paths again: any path can be simulated alone, so none is kept. */
function redrawn(spec: HouseholdSpec, path: number, opening: number): SamplePath {
  const { depletedIn, lastYear, spendingReal, wealthReal } = simulateHouseholdShard(spec, path, path + 1)
  const years = lastYear[0]! + 1
  return {
    path,
    success: depletedIn[0] === NOT_DEPLETED,
    wealthReal: [opening, ...wealthReal.subarray(0, years)],
    spendingReal: [...spendingReal.subarray(0, years)],
  }
}
