import { definitionsOf } from './definitions.ts'
import { type EngineOptions, statisticsOf } from './engine.ts'
import {
  createQuantiles,
  createSketch,
  mergeSketch,
  type Sketch,
  sketchedOrderStatistics,
  type Statistics,
  wilsonInterval,
} from '../numeric/index.ts'
import { ENGINE_VERSION, type EndingWealth, type PortfolioReturn, type SimulationResult } from './result.ts'
import { inPathOrder } from './path-order.ts'
import { inputHash, type Part, type ShardResult } from './shard.ts'
import type { SimulationSpec } from './spec.ts'
import { NOT_DEPLETED } from './wealth.ts'

type Money = 'nominal' | 'real'

/**
 * Merges the shards of a specification. They are sorted by path first, so any division and any order give the same bits.
 *
 * @throws RangeError unless the shards are of this specification and cover each of its paths once
 */
export function mergeShards(spec: SimulationSpec, shards: readonly ShardResult[], options: EngineOptions = {}): SimulationResult {
  return summarise(spec, inPathOrder(shards, inputHash(spec), spec.paths), options)
}

/** The result of all shards of this specification, already checked and in path order. */
export function summarise(spec: SimulationSpec, ordered: readonly Part[], options: EngineOptions): SimulationResult {
  const statistics = statisticsOf(options)
  const gather = createGather(spec.paths, ordered)
  const lastYear = (money: Money): Float64Array => gather(shard => shard[money].subarray(shard.fromPath - shard.toPath))

  const bandsOf = createBands(spec, ordered, gather, statistics)
  const bands = { percentiles: spec.percentiles, nominal: bandsOf('nominal'), real: bandsOf('real') }
  const depletion = depletionByYear(spec, ordered)
  const count = spec.paths - depletion.reduce((total, paths) => total + paths, 0)
  const portfolioReturn = (returnSum: number, growth: Float64Array): PortfolioReturn => ({
    arithmeticMean: returnSum / (spec.paths * spec.years),
    meanAnnualised: statistics.sumAnnualised(growth, spec.years) / spec.paths,
  })
  return {
    engineVersion: ENGINE_VERSION,
    definitions: definitionsOf(spec),
    paths: spec.paths,
    success: {
      count,
      probability: count / spec.paths,
      interval: { level: 0.95, method: 'wilson', ...wilsonInterval(count, spec.paths) },
    },
    bands,
    endingWealth: {
      nominal: endingWealth(statistics, lastYear('nominal'), bands.nominal),
      real: endingWealth(statistics, lastYear('real'), bands.real),
    },
    depletion,
    portfolioReturn: {
      nominal: portfolioReturn(
        statistics.sum(gather(shard => shard.nominalReturnSum)),
        gather(shard => shard.growth),
      ),
      real: portfolioReturn(
        statistics.sum(gather(shard => shard.realReturnSum)),
        gather(shard => statistics.ratios(shard.growth, shard.priceIndex)),
      ),
    },
  }
}

/** The same part of each shard, joined in path order: valid until the next call. */
type Gather = (part: (shard: Part) => Float64Array) => Float64Array

function createGather(paths: number, ordered: readonly Part[]): Gather {
  if (ordered.length === 1) return part => part(ordered[0]!)
  const gathered = new Float64Array(paths)
  return part => {
    for (const shard of ordered) gathered.set(part(shard), shard.fromPath)
    return gathered
  }
}

/** Makes a function that finds the quantiles of each year, from the opening balance on, by percentile. */
function createBands(
  spec: SimulationSpec,
  ordered: readonly Part[],
  gather: Gather,
  { orderStatistics }: Statistics,
): (money: Money) => number[][] {
  const byPercentile = (byYear: number[][]): number[][] =>
    spec.percentiles.map((_, row) => [spec.openingBalance, ...byYear.map(year => year[row]!)])
  const years = Array.from({ length: spec.years }, (_, year) => year)
  if (ordered.every(shard => shard.sketches)) {
    const quantiles = createQuantiles(spec.paths, spec.percentiles, sketchedOrderStatistics)
    return money => byPercentile(years.map(year => quantiles(mergedSketch(ordered.map(shard => shard.sketches![money][year]!)))))
  }
  const quantiles = createQuantiles(spec.paths, spec.percentiles, orderStatistics)
  const balances = (money: Money, year: number): Float64Array =>
    gather(shard => {
      const paths = shard.toPath - shard.fromPath
      return shard[money].subarray(year * paths, (year + 1) * paths)
    })
  return money => byPercentile(years.map(year => quantiles(balances(money, year))))
}

function mergedSketch(sketches: readonly Sketch[]): Sketch {
  const merged = createSketch()
  for (const sketch of sketches) mergeSketch(merged, sketch)
  return merged
}

function depletionByYear(spec: SimulationSpec, shards: readonly Part[]): number[] {
  const counts = Array.from({ length: spec.years }, () => 0)
  for (const { depletedIn } of shards) {
    for (let path = 0; path < depletedIn.length; path++) if (depletedIn[path] !== NOT_DEPLETED) counts[depletedIn[path]!]!++
  }
  return counts
}

function endingWealth({ range, standardDeviation, sum }: Statistics, values: Float64Array, bands: readonly number[][]): EndingWealth {
  const mean = sum(values) / values.length
  return { mean, standardDeviation: standardDeviation(values, mean), ...range(values), percentiles: bands.map(band => band.at(-1)!) }
}
