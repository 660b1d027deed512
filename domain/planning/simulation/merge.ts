import { definitionsOf } from './definitions.ts'
import { exp, log } from './numeric/elementary.ts'
import { createQuantiles } from './numeric/quantiles.ts'
import { standardDeviation, sum, wilsonInterval95 } from './numeric/statistics.ts'
import { ENGINE_VERSION, type EndingWealth, type PortfolioReturn, type SimulationResult } from './result.ts'
import { inputHash, type ShardResult } from './shard.ts'
import type { SimulationSpec } from './spec.ts'
import { NOT_DEPLETED } from './wealth.ts'

/**
 * Puts the shards of a specification together, in path order whatever the order given, so any division into shards gives the same bits.
 *
 * @throws RangeError unless the shards are of this specification and cover each of its paths once
 */
export function mergeShards(spec: SimulationSpec, shards: readonly ShardResult[]): SimulationResult {
  const ordered = inPathOrder(spec, shards)
  const gathered = new Float64Array(spec.paths)
  const gather = (part: (shard: ShardResult) => Float64Array): Float64Array => {
    for (const shard of ordered) gathered.set(part(shard), shard.fromPath)
    return gathered
  }
  const yearEnds = (money: 'nominal' | 'real', year: number): Float64Array =>
    gather(shard => {
      const paths = shard.toPath - shard.fromPath
      return shard[money].subarray((year - 1) * paths, year * paths)
    })

  const quantiles = createQuantiles(spec.paths, spec.percentiles)
  const bandsOf = (money: 'nominal' | 'real'): number[][] => {
    const byYear = Array.from({ length: spec.years }, (_, index) => quantiles(yearEnds(money, index + 1)))
    return spec.percentiles.map((_, row) => [spec.openingBalance, ...byYear.map(year => year[row]!)])
  }
  const bands = { percentiles: spec.percentiles, nominal: bandsOf('nominal'), real: bandsOf('real') }
  const depletion = depletionByYear(spec, ordered)
  const count = spec.paths - depletion.reduce((total, paths) => total + paths, 0)
  return {
    engineVersion: ENGINE_VERSION,
    definitions: definitionsOf(spec),
    paths: spec.paths,
    success: {
      count,
      probability: count / spec.paths,
      interval: { level: 0.95, method: 'wilson', ...wilsonInterval95(count, spec.paths) },
    },
    bands,
    endingWealth: {
      nominal: endingWealth(yearEnds('nominal', spec.years), bands.nominal),
      real: endingWealth(yearEnds('real', spec.years), bands.real),
    },
    depletion,
    portfolioReturn: {
      nominal: portfolioReturn(
        spec,
        sum(gather(shard => shard.nominalReturnSum)),
        gather(shard => shard.growth),
      ),
      real: portfolioReturn(
        spec,
        sum(gather(shard => shard.realReturnSum)),
        gather(shard => shard.growth.map((growth, path) => growth / shard.priceIndex[path]!)),
      ),
    },
  }
}

function inPathOrder(spec: SimulationSpec, shards: readonly ShardResult[]): ShardResult[] {
  const ordered = shards.toSorted((a, b) => a.fromPath - b.fromPath)
  const hash = inputHash(spec)
  let covered = 0
  for (const shard of ordered) {
    if (shard.inputHash !== hash) throw new RangeError('a shard belongs to another specification')
    if (shard.fromPath !== covered)
      throw new RangeError(`paths from ${covered} on are ${shard.fromPath > covered ? 'missing' : 'there twice'}`)
    covered = shard.toPath
  }
  if (covered !== spec.paths) throw new RangeError(`paths from ${covered} on are missing`)
  return ordered
}

function depletionByYear(spec: SimulationSpec, shards: readonly ShardResult[]): number[] {
  const counts = Array.from({ length: spec.years }, () => 0)
  for (const shard of shards) {
    for (const year of shard.depletedIn) if (year !== NOT_DEPLETED) counts[year]!++
  }
  return counts
}

function endingWealth(values: Float64Array, bands: readonly number[][]): EndingWealth {
  const mean = sum(values) / values.length
  return {
    mean,
    standardDeviation: standardDeviation(values, mean),
    minimum: values.reduce((a, b) => Math.min(a, b)),
    maximum: values.reduce((a, b) => Math.max(a, b)),
    percentiles: bands.map(band => band.at(-1)!),
  }
}

/** A gross return that has underflowed to zero lost everything: -1 a year. */
function portfolioReturn(spec: SimulationSpec, returnSum: number, growth: Float64Array): PortfolioReturn {
  let annualised = 0
  for (let path = 0; path < growth.length; path++) annualised += growth[path] === 0 ? -1 : exp(log(growth[path]!) / spec.years) - 1
  return { arithmeticMean: returnSum / (spec.paths * spec.years), meanAnnualised: annualised / spec.paths }
}
