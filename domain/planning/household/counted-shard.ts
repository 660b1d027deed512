import { addToSketch, bucketOf, inUnits, type Sketch } from '../../numeric/index.ts'
import { createHouseholdCounts, type GoalCounts, type HouseholdCounts } from './counts.ts'
import { failureAt } from './merge.ts'
import { NOT_DEPLETED, NOT_REACHED } from './path/household-path.ts'
import { assertPaths, estateOf, type PathRecorder, recordPaths } from './record-paths.ts'
import { FULLY_FUNDED, householdInputHash } from './result.ts'
import { addToSample, type SampleCounts } from './sample-counts.ts'
import type { HouseholdSpec } from './spec.ts'
import { createYearlySums, type YearlySums } from './yearly-sums.ts'

/** Counts of the outcomes of the paths from `fromPath` up to, not including, `toPath`. Its size does not grow with the number of paths. */
export interface CountedShard extends HouseholdCounts {
  /** householdInputHash of the specification. Only shards with the same hash can be merged. */
  inputHash: string
  fromPath: number
  toPath: number
  /** Pairs, one after the other: the number of a bucket of the `estateReal` sketch, and the first path in it. */
  firstPaths: Int32Array
}

/**
 * Simulates some of a household's paths like simulateHouseholdShard, but keeps counts only.
 *
 * @throws InvalidSpecError
 * @throws RangeError unless 0 <= fromPath < toPath <= spec.paths
 */
export function countHouseholdShard(spec: HouseholdSpec, fromPath: number, toPath: number): CountedShard {
  assertPaths(spec, fromPath, toPath)
  const counts = createHouseholdCounts(spec)
  const yearly = createYearlySums(spec.years)
  const counter = createCounter(counts, yearly, fromPath)
  recordPaths(spec, fromPath, toPath, counter)
  counter.flush()
  const firstPaths = Int32Array.from([...counter.firstPaths].flat())
  return { inputHash: householdInputHash(spec), fromPath, toPath, ...counts, yearly: yearly.units(), firstPaths }
}

interface Counter extends PathRecorder {
  /** First path in each bucket of the real estates. */
  firstPaths: Map<number, number>
  flush(): void
}

function createCounter(counts: HouseholdCounts, yearly: YearlySums, fromPath: number): Counter {
  const batches: Batch[] = []
  const batchOf = (count: (values: Float64Array) => void): Batch => {
    const batch = createBatch(count)
    batches.push(batch)
    return batch
  }
  const ofYears = (sketches: Sketch[]): Batch[] => sketches.map(sketch => batchOf(values => addToSketch(sketch, values)))
  const ofPaths = (sample: SampleCounts): Batch => batchOf(values => addToSample(sample, values))
  const wealthNominal = ofYears(counts.wealthNominal)
  const wealthReal = ofYears(counts.wealthReal)
  const spendingReal = ofYears(counts.spendingReal)
  const estateNominal = ofPaths(counts.estateNominal)
  const estateReal = ofPaths(counts.estateReal)
  const taxesReal = ofPaths(counts.taxesReal)
  let taxes = 0
  const firstPaths = new Map<number, number>()
  let index = fromPath
  return {
    firstPaths,
    year(path) {
      const { flows, year } = path
      counts.surviving[year]!++
      wealthNominal[year]!.add(flows.closing)
      wealthReal[year]!.add(flows.closing / path.closingPriceIndex)
      spendingReal[year]!.add(flows.spendingPaid / path.priceIndex)
      taxes += flows.tax / path.priceIndex
      yearly.add(path)
    },
    end(path) {
      const estate = estateOf(path)
      const real = estate / path.closingPriceIndex
      estateNominal.add(estate)
      estateReal.add(real)
      const bucket = bucketOf(real)
      if (!firstPaths.has(bucket)) firstPaths.set(bucket, index)
      if (path.depletedIn !== NOT_DEPLETED) counts.failures[failureAt(path.depletedIn, path.failedBy)]!++
      taxesReal.add(taxes)
      taxes = 0
      for (const [goal, share] of path.goalShares.entries()) countGoal(counts.goals[goal]!, share)
      index++
    },
    flush() {
      for (const batch of batches) batch.flush()
    },
  }
}

function countGoal(goal: GoalCounts, share: number): void {
  if (share === NOT_REACHED) return
  goal.reached++
  if (share >= FULLY_FUNDED) goal.funded++
  goal.shares += inUnits(share)
}

/** A buffer of numbers that are added to a sketch together, which is faster than one by one. */
interface Batch {
  add(value: number): void
  flush(): void
}

const BATCH_SIZE = 1024

function createBatch(count: (values: Float64Array) => void): Batch {
  const values = new Float64Array(BATCH_SIZE)
  let size = 0
  const flush = (): void => {
    count(values.subarray(0, size))
    size = 0
  }
  return {
    add(value) {
      values[size++] = value
      if (size === BATCH_SIZE) flush()
    },
    flush,
  }
}
