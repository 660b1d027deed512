import { BLOCK_PATHS } from '../simulation/index.ts'
import { createMarketBlock } from './market-block.ts'
import { createHouseholdPath } from './path/create-household-path.ts'
import type { HouseholdPath } from './path/household-path.ts'
import { type PathObserver, runPath } from './path/run-path.ts'
import { prepareHousehold } from './prepare/prepare.ts'
import { householdInputHash, TAX_KINDS } from './result.ts'
import type { HouseholdSpec } from './spec.ts'
import { assertValidHousehold } from './validate.ts'

/** What the paths from `fromPath` up to, not including, `toPath` came to; `paths = toPath - fromPath`. */
export interface HouseholdShard {
  /** householdInputHash of the specification, so that shards of different ones are not merged. */
  inputHash: string
  fromPath: number
  toPath: number
  /** Year-end balances at [year * paths + path]; 0 once nobody lives. */
  wealthNominal: Float64Array
  /** The same in money of the as-of date. */
  wealthReal: Float64Array
  /** Spending paid, in money of the as-of date, at [year * paths + path]. */
  spendingReal: Float64Array
  /** Last plan year of each path. */
  lastYear: Int32Array
  /** Year of each path's first failure; -1 for a success. */
  depletedIn: Int32Array
  /** What is left at each path's end. */
  estateNominal: Float64Array
  estateReal: Float64Array
  /** Funded share at [goal * paths + path]; -1 where nobody lived to see the goal's year. */
  goalShares: Float64Array
  /** Lifetime taxes in money of the as-of date, at [kind * paths + path], kinds as in TAX_KINDS. */
  taxesReal: Float64Array
}

/**
 * Simulates some of a household's paths. A path's bits depend on its index alone, not on the shard it is in.
 *
 * @throws InvalidHouseholdError
 * @throws RangeError unless 0 <= fromPath < toPath <= spec.paths
 */
export function simulateHouseholdShard(spec: HouseholdSpec, fromPath: number, toPath: number): HouseholdShard {
  assertValidHousehold(spec)
  if (!(Number.isInteger(fromPath) && Number.isInteger(toPath) && 0 <= fromPath && fromPath < toPath && toPath <= spec.paths)) {
    throw new RangeError(`paths ${fromPath} to ${toPath} are not a part of 0 to ${spec.paths}`)
  }
  const shard = createShard(spec, fromPath, toPath)
  const market = createMarketBlock(spec)
  const path = createHouseholdPath(prepareHousehold(spec))
  const recorder = createRecorder(shard)
  for (let block = fromPath; block < toPath; block += BLOCK_PATHS) {
    market.open(block)
    for (let index = block; index < Math.min(block + BLOCK_PATHS, toPath); index++) {
      recorder.at = index - fromPath
      runPath(path, market, index, index - block, recorder)
      recordEnd(shard, path, recorder.at)
    }
  }
  return shard
}

function createShard(spec: HouseholdSpec, fromPath: number, toPath: number): HouseholdShard {
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
    estateNominal: new Float64Array(paths),
    estateReal: new Float64Array(paths),
    goalShares: new Float64Array(spec.goals.length * paths),
    taxesReal: new Float64Array(TAX_KINDS.length * paths),
  }
}

function createRecorder(shard: HouseholdShard): PathObserver & { at: number } {
  const paths = shard.toPath - shard.fromPath
  const { taxesReal } = shard
  return {
    at: 0,
    year(path) {
      const { flows, priceIndex, taxResult } = path
      const at = path.year * paths + this.at
      shard.wealthNominal[at] = flows.closing
      shard.wealthReal[at] = flows.closing / path.closingPriceIndex
      shard.spendingReal[at] = flows.spendingPaid / priceIndex
      let kind = this.at
      taxesReal[kind]! += taxResult.ordinaryTax / priceIndex
      taxesReal[(kind += paths)]! += taxResult.capitalGainsTax / priceIndex
      taxesReal[(kind += paths)]! += taxResult.netInvestmentIncomeTax / priceIndex
      taxesReal[(kind += paths)]! += (taxResult.payrollTax + path.selfEmploymentTax) / priceIndex
      taxesReal[(kind += paths)]! += taxResult.earlyWithdrawalTax / priceIndex
      taxesReal[(kind += paths)]! += taxResult.stateTax / priceIndex
      taxesReal[kind + paths]! += taxResult.medicareSurcharge / priceIndex
    },
  }
}

function recordEnd(shard: HouseholdShard, path: HouseholdPath, at: number): void {
  const { household, flows, closingPriceIndex, goalShares } = path
  const paths = shard.toPath - shard.fromPath
  const property = household.properties.valueReal[path.lastYear]! * closingPriceIndex
  const estate = Math.max(0, flows.closing + property - household.debts.owed[path.lastYear]!)
  shard.lastYear[at] = path.lastYear
  shard.depletedIn[at] = path.depletedIn
  shard.estateNominal[at] = estate
  shard.estateReal[at] = estate / closingPriceIndex
  for (let goal = 0; goal < goalShares.length; goal++) shard.goalShares[goal * paths + at] = goalShares[goal]!
}
