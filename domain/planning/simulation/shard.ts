import { contentHash } from '../../shared/content-hash.ts'
import type { Market } from './market.ts'
import { createMarket } from './markets/create-market.ts'
import { createPortfolio, type Portfolio } from './portfolio.ts'
import type { SimulationSpec } from './spec.ts'
import { BLOCK_PATHS } from './stages.ts'
import { assertValidSpec } from './validate-spec.ts'
import { applyFlow, closeYear, createWealth, grow, openWealth, openYear, type Wealth } from './wealth.ts'

/** What the paths from `fromPath` up to, not including, `toPath` came to; `paths = toPath - fromPath`. */
export interface ShardResult {
  /** inputHash of the specification, so that shards of different ones are not merged. */
  inputHash: string
  fromPath: number
  toPath: number
  /** Year-end balances: year k = 1..years of the shard's path i at (k - 1) * paths + i. */
  nominal: Float64Array
  /** The same in money of the as-of date. */
  real: Float64Array
  /** Year (from 0) each path was depleted in, -1 if it was not. */
  depletedIn: Int32Array
  /** Each path's price index at the end. */
  priceIndex: Float64Array
  /** Each path's gross portfolio return over the whole horizon, apart from flows. */
  growth: Float64Array
  /** Sums of each path's simple annual portfolio returns, nominal and real. */
  nominalReturnSum: Float64Array
  realReturnSum: Float64Array
}

/** SHA-256 of the specification's canonical JSON. */
export function inputHash(spec: SimulationSpec): string {
  return contentHash(spec)
}

/**
 * Simulates some of a specification's paths. A path's bits depend on its index alone, not on the shard it is in.
 *
 * @throws InvalidSpecError
 * @throws RangeError unless 0 <= fromPath < toPath <= spec.paths
 */
export function simulateShard(spec: SimulationSpec, fromPath: number, toPath: number): ShardResult {
  assertValidSpec(spec)
  if (!(Number.isInteger(fromPath) && Number.isInteger(toPath) && 0 <= fromPath && fromPath < toPath && toPath <= spec.paths)) {
    throw new RangeError(`paths ${fromPath} to ${toPath} are not a part of 0 to ${spec.paths}`)
  }
  const shard = createShard(spec, fromPath, toPath)
  const market = createMarket(spec.returns, spec.stepsPerYear, spec.seed)
  const portfolio = createPortfolio(spec.returns.assets, market.assetGrowth, spec.stepsPerYear)
  const wealth = createWealth()
  for (let firstPath = fromPath; firstPath < toPath; firstPath += BLOCK_PATHS) {
    market.open(firstPath)
    openWealth(wealth, spec.openingBalance)
    simulateBlock(spec, market, portfolio, wealth, shard, firstPath - fromPath)
  }
  return shard
}

function createShard(spec: SimulationSpec, fromPath: number, toPath: number): ShardResult {
  const paths = toPath - fromPath
  return {
    inputHash: inputHash(spec),
    fromPath,
    toPath,
    nominal: new Float64Array(spec.years * paths),
    real: new Float64Array(spec.years * paths),
    depletedIn: new Int32Array(paths),
    priceIndex: new Float64Array(paths),
    growth: new Float64Array(paths),
    nominalReturnSum: new Float64Array(paths),
    realReturnSum: new Float64Array(paths),
  }
}

/** @param offset index within the shard of the block's first path */
function simulateBlock(
  spec: SimulationSpec,
  market: Market,
  portfolio: Portfolio,
  wealth: Wealth,
  shard: ShardResult,
  offset: number,
): void {
  for (let year = 0; year < spec.years; year++) {
    const realFlow = spec.realFlows[year]! / spec.stepsPerYear
    const nominalFlow = spec.nominalFlows[year]! / spec.stepsPerYear
    openYear(wealth)
    for (let step = 0; step < spec.stepsPerYear; step++) {
      market.step()
      portfolio.step(step)
      if (spec.flowTiming === 'begin') applyFlow(wealth, year, realFlow, nominalFlow)
      grow(wealth, portfolio.growth, market.inflation)
      if (spec.flowTiming === 'end') applyFlow(wealth, year, realFlow, nominalFlow)
    }
    closeYear(wealth)
    recordYear(wealth, shard, year, offset)
  }
  recordEnd(wealth, shard, offset)
}

function recordYear(wealth: Wealth, shard: ShardResult, year: number, offset: number): void {
  const paths = shard.toPath - shard.fromPath
  const lanes = Math.min(BLOCK_PATHS, paths - offset)
  const at = year * paths + offset
  const { balance, priceIndex } = wealth
  const { nominal, real } = shard
  for (let lane = 0; lane < lanes; lane++) {
    nominal[at + lane] = balance[lane]!
    real[at + lane] = balance[lane]! / priceIndex[lane]!
  }
}

function recordEnd(wealth: Wealth, shard: ShardResult, offset: number): void {
  const lanes = Math.min(BLOCK_PATHS, shard.toPath - shard.fromPath - offset)
  shard.depletedIn.set(wealth.depletedIn.subarray(0, lanes), offset)
  for (const name of ['priceIndex', 'growth', 'nominalReturnSum', 'realReturnSum'] as const) {
    shard[name].set(wealth[name].subarray(0, lanes), offset)
  }
}
