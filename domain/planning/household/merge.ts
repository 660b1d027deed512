import { sampleQuantiles } from './sample-quantiles.ts'
import { standardDeviation, sum, wilsonInterval } from '../../numeric/index.ts'
import { type EndingWealth, inPathOrder } from '../../simulation/index.ts'
import { householdDefinitionsOf } from './definitions.ts'
import { NOT_DEPLETED, NOT_REACHED } from './path/household-path.ts'
import {
  FAILURE_CAUSES,
  type FailureCause,
  FULLY_FUNDED,
  type GoalResult,
  HOUSEHOLD_ENGINE_VERSION,
  type HouseholdResult,
  householdInputHash,
  type Proportion,
  type SamplePath,
} from './result.ts'
import type { HouseholdShard } from './shard.ts'
import type { Goal, HouseholdSpec } from './spec.ts'
import { personTimeline } from './timeline.ts'
import { addUnits, lifetimeMeans, yearlyMeans } from './yearly-sums.ts'

/** All paths of a household, in their order. */
interface Paths {
  lastYear: Int32Array
  depletedIn: Int32Array
  failedBy: Int32Array
  estateNominal: Float64Array
  estateReal: Float64Array
  /** One row of the shards' matrices for all paths, in a buffer that the next call overwrites. */
  row(of: (shard: HouseholdShard) => Float64Array, index: number): Float64Array
}

/**
 * Merges the shards of a household in path order, whatever their order. Any division into shards gives the same bits.
 *
 * @throws RangeError unless the shards belong to this specification and cover each of its paths once
 */
export function mergeHouseholdShards(spec: HouseholdSpec, shards: readonly HouseholdShard[]): HouseholdResult {
  const ordered = inPathOrder(shards, householdInputHash(spec), spec.paths)
  const paths = gather(spec, ordered)
  const surviving = survivingByYear(spec, paths.lastYear)
  const yearly = ordered.reduce<bigint[]>((units, shard) => addUnits(units, shard.yearly), [])
  const count = paths.depletedIn.reduce((total, year) => total + (year === NOT_DEPLETED ? 1 : 0), 0)
  const opening = openingWealth(spec)
  const { percentiles } = spec
  const bandsOf = (of: (shard: HouseholdShard) => Float64Array): number[][] => {
    const quantiles = surviving.map((alive, year) =>
      sampleQuantiles(survivors(paths.row(of, year), paths.lastYear, year, alive), percentiles),
    )
    return percentiles.map((_, index) => quantiles.map(year => year[index]!))
  }
  return {
    engineVersion: HOUSEHOLD_ENGINE_VERSION,
    definitions: householdDefinitionsOf(spec),
    paths: spec.paths,
    success: { criterion: spec.successCriterion, ...proportion(count, spec.paths) },
    surviving,
    bands: {
      percentiles,
      nominal: bandsOf(shard => shard.wealthNominal).map(band => [opening, ...band]),
      real: bandsOf(shard => shard.wealthReal).map(band => [opening, ...band]),
    },
    spending: { percentiles, real: bandsOf(shard => shard.spendingReal) },
    depletion: depletionOf(spec, failuresByYear(spec, paths)),
    endingWealth: { nominal: distribution(paths.estateNominal, percentiles), real: distribution(paths.estateReal, percentiles) },
    taxes: {
      lifetimeReal: distribution(
        paths.row(shard => shard.taxesReal, 0),
        percentiles,
      ),
      meanByKind: lifetimeMeans(yearly, spec.paths),
    },
    goals: spec.goals.map((goal, index) =>
      goalResult(
        goal,
        paths.row(shard => shard.goalShares, index),
      ),
    ),
    yearly: { real: yearlyMeans(yearly, surviving) },
    samplePaths: samplePaths(spec, paths, opening),
  }
}

function gather(spec: HouseholdSpec, shards: readonly HouseholdShard[]): Paths {
  const buffer = new Float64Array(spec.paths)
  const paths: Paths = {
    lastYear: new Int32Array(spec.paths),
    depletedIn: new Int32Array(spec.paths),
    failedBy: new Int32Array(spec.paths),
    estateNominal: new Float64Array(spec.paths),
    estateReal: new Float64Array(spec.paths),
    row(of, index) {
      for (const shard of shards) {
        const size = shard.toPath - shard.fromPath
        buffer.set(of(shard).subarray(index * size, (index + 1) * size), shard.fromPath)
      }
      return buffer
    },
  }
  for (const shard of shards) {
    for (const name of ['lastYear', 'depletedIn', 'failedBy', 'estateNominal', 'estateReal'] as const)
      paths[name].set(shard[name], shard.fromPath)
  }
  return paths
}

function survivingByYear(spec: HouseholdSpec, lastYear: Int32Array): number[] {
  const counts = Array.from({ length: spec.years }, () => 0)
  for (const last of lastYear) for (let year = 0; year <= last; year++) counts[year]!++
  return counts.filter(count => count > 0)
}

function survivors(row: Float64Array, lastYear: Int32Array, year: number, alive: number): Float64Array {
  if (alive === row.length) return row
  const values = new Float64Array(alive)
  let at = 0
  for (let path = 0; path < row.length; path++) if (lastYear[path]! >= year) values[at++] = row[path]!
  return values
}

export const openingWealth = (spec: HouseholdSpec): number => spec.accounts.reduce((total, account) => total + account.openingBalance, 0)

export function proportion(count: number, trials: number): Proportion {
  return { count, probability: count / trials, interval: { level: 0.95, method: 'wilson', ...wilsonInterval(count, trials) } }
}

/** Place of a year and a cause in the counts of failed paths. */
export const failureAt = (year: number, cause: number): number => year * FAILURE_CAUSES.length + cause

function failuresByYear(spec: HouseholdSpec, { depletedIn, failedBy }: Paths): Int32Array {
  const counts = new Int32Array(failureAt(spec.years, 0))
  for (const [path, year] of depletedIn.entries()) if (year !== NOT_DEPLETED) counts[failureAt(year, failedBy[path]!)]!++
  return counts
}

/** @param counts paths that first failed, by year and cause, see failureAt */
export function depletionOf(spec: HouseholdSpec, counts: Int32Array): HouseholdResult['depletion'] {
  const olderAge = Math.max(...spec.people.map(person => personTimeline(person, spec.asOfDate).openingAge))
  return Array.from({ length: spec.years }, (_, year) => {
    const ofYear = counts.subarray(failureAt(year, 0), failureAt(year + 1, 0))
    const causes = Object.fromEntries(FAILURE_CAUSES.map((cause, index) => [cause, ofYear[index]!])) as Record<FailureCause, number>
    return { year, age: olderAge + year, paths: ofYear.reduce((total, paths) => total + paths), causes }
  }).filter(({ paths }) => paths > 0)
}

function distribution(values: Float64Array, percentiles: readonly number[]): EndingWealth {
  const mean = sum(values) / values.length
  return {
    mean,
    standardDeviation: standardDeviation(values, mean),
    minimum: values.reduce((a, b) => Math.min(a, b)),
    maximum: values.reduce((a, b) => Math.max(a, b)),
    percentiles: sampleQuantiles(values, percentiles),
  }
}

function goalResult({ key, year }: Goal, shares: Float64Array): GoalResult {
  let reached = 0
  let funded = 0
  let total = 0
  for (const share of shares) {
    if (share === NOT_REACHED) continue
    reached++
    total += share
    if (share >= FULLY_FUNDED) funded++
  }
  const missed = reached - funded
  if (reached === 0) return { key, year, reached, missed, funded: null, meanFundedShare: null }
  return { key, year, reached, missed, funded: proportion(funded, reached), meanFundedShare: total / reached }
}

function samplePaths(spec: HouseholdSpec, paths: Paths, opening: number): SamplePath[] {
  const { estateReal, lastYear, depletedIn } = paths
  const byEstate = Int32Array.from(estateReal, (_, path) => path).toSorted((a, b) => estateReal[a]! - estateReal[b]! || a - b)
  const chosen = spec.percentiles.map(fraction => byEstate[Math.floor(fraction * (spec.paths - 1))]!)
  const samples = chosen.map(path => ({
    path,
    success: depletedIn[path] === NOT_DEPLETED,
    wealthReal: [opening],
    spendingReal: [] as number[],
  }))
  for (let year = 0; year < spec.years; year++) {
    const wealth = paths.row(shard => shard.wealthReal, year)
    for (const sample of samples) if (year <= lastYear[sample.path]!) sample.wealthReal.push(wealth[sample.path]!)
    const spending = paths.row(shard => shard.spendingReal, year)
    for (const sample of samples) if (year <= lastYear[sample.path]!) sample.spendingReal.push(spending[sample.path]!)
  }
  return samples
}
