import { assertPaths, estateOf, type PathRecorder, recordPaths } from './record-paths.ts'
import { householdInputHash } from './result.ts'
import { NOT_DEPLETED } from './path/household-path.ts'
import type { HouseholdSpec } from './spec.ts'
import { createYearlySums, type YearlySums } from './yearly-sums.ts'

/** Outcomes of the paths from `fromPath` up to, not including, `toPath`; `paths = toPath - fromPath`. */
export interface HouseholdShard {
  /** householdInputHash of the specification. Only shards with the same hash can be merged. */
  inputHash: string
  fromPath: number
  toPath: number
  /** Year-end balances at [year * paths + path]; 0 after the last death. */
  wealthNominal: Float64Array
  /** The same in money of the as-of date. */
  wealthReal: Float64Array
  /** Spending paid, in money of the as-of date, at [year * paths + path]. */
  spendingReal: Float64Array
  /** Last plan year of each path. */
  lastYear: Int32Array
  /** Year of each path's first failure; -1 for a success. */
  depletedIn: Int32Array
  /** Cause of that failure, an index of FAILURE_CAUSES; -1 for a success. */
  failedBy: Int32Array
  /** The estate at each path's end. */
  estateNominal: Float64Array
  estateReal: Float64Array
  /** Funded share at [goal * paths + path]; -1 where the last death came before the goal's year. */
  goalShares: Float64Array
  /** Sums of each year's flows, see createYearlySums. */
  yearly: bigint[]
  /** Lifetime taxes in money of the as-of date. */
  taxesReal: Float64Array
}

/** The values of each path. */
type PathValues = Omit<HouseholdShard, 'yearly'>

/**
 * Simulates some of a household's paths. The bits of a path depend on its index only, not on its shard.
 *
 * @throws InvalidSpecError
 * @throws RangeError unless 0 <= fromPath < toPath <= spec.paths
 */
export function simulateHouseholdShard(spec: HouseholdSpec, fromPath: number, toPath: number): HouseholdShard {
  assertPaths(spec, fromPath, toPath)
  const shard = createShard(spec, fromPath, toPath)
  const yearly = createYearlySums(spec.years)
  recordPaths(spec, fromPath, toPath, createRecorder(shard, yearly))
  return { ...shard, yearly: yearly.units() }
}

function createShard(spec: HouseholdSpec, fromPath: number, toPath: number): PathValues {
  const paths = toPath - fromPath
  return {
    inputHash: householdInputHash(spec),
    fromPath,
    toPath,
    wealthNominal: new Float64Array(spec.years * paths),
    wealthReal: new Float64Array(spec.years * paths),
    spendingReal: new Float64Array(spec.years * paths),
    lastYear: new Int32Array(paths),
    depletedIn: new Int32Array(paths),
    failedBy: new Int32Array(paths),
    estateNominal: new Float64Array(paths),
    estateReal: new Float64Array(paths),
    goalShares: new Float64Array(spec.goals.length * paths),
    taxesReal: new Float64Array(paths),
  }
}

function createRecorder(shard: PathValues, yearly: YearlySums): PathRecorder {
  const paths = shard.toPath - shard.fromPath
  let at = 0
  return {
    year(path) {
      const { flows, priceIndex, year } = path
      const cell = year * paths + at
      shard.wealthNominal[cell] = flows.closing
      shard.wealthReal[cell] = flows.closing / path.closingPriceIndex
      shard.spendingReal[cell] = flows.spendingPaid / priceIndex
      shard.taxesReal[at]! += flows.tax / priceIndex
      yearly.add(path)
    },
    end(path) {
      const { goalShares } = path
      const estate = estateOf(path)
      shard.lastYear[at] = path.lastYear
      shard.depletedIn[at] = path.depletedIn
      shard.failedBy[at] = path.depletedIn === NOT_DEPLETED ? NOT_DEPLETED : path.failedBy
      shard.estateNominal[at] = estate
      shard.estateReal[at] = estate / path.closingPriceIndex
      for (let goal = 0; goal < goalShares.length; goal++) shard.goalShares[goal * paths + at] = goalShares[goal]!
      at++
    },
  }
}
