import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { decodeShard, encodeShard, mergeShards, outputHash, simulate, simulateShard } from '../../../domain/simulation/index.ts'
import { createQuantiles, exactOrderStatistics } from '../../../domain/numeric/quantiles.ts'
import { addToSketch, createSketch, mergeSketch, sketchedOrderStatistics } from '../../../domain/numeric/sketch.ts'
import { certain, noFlows, simulationSpec } from '../simulation/specs.ts'

const FRACTIONS = [0, 0.05, 0.25, 0.5, 0.75, 0.95, 1]

function sketchOf(values: readonly number[]) {
  const sketch = createSketch()
  addToSketch(sketch, Float64Array.from(values))
  return sketch
}

describe('a sketch', () => {
  const balance = fc.oneof(fc.constant(0), fc.double({ min: 1e-3, max: 1e12, noNaN: true }), fc.double({ min: 100, max: 110, noNaN: true }))
  const balances = fc.array(balance, { minLength: 1, maxLength: 300 })

  test('gives each order statistic within 0.2 %', () => {
    fc.assert(
      fc.property(balances, values => {
        const ranks = values.map((_, rank) => rank)
        const exact = exactOrderStatistics(values.length, ranks)(Float64Array.from(values))
        const found = sketchedOrderStatistics(values.length, ranks)(sketchOf(values))
        for (const [rank, value] of exact.entries()) expect(Math.abs(found[rank]! - value)).toBeLessThanOrEqual(value / 512)
      }),
    )
  })

  test('is the same for any division of the sample', () => {
    fc.assert(
      fc.property(balances, fc.nat(), (values, at) => {
        const cut = at % (values.length + 1)
        const merged = createSketch()
        mergeSketch(merged, sketchOf(values.slice(cut)))
        mergeSketch(merged, sketchOf(values.slice(0, cut)))
        const inParts = sketchOf(values.slice(0, cut))
        addToSketch(inParts, Float64Array.from(values.slice(cut)))
        expect(merged).toEqual(sketchOf(values))
        expect(inParts).toEqual(merged)
      }),
    )
  })

  test('is exact for a single value, and zero below a millionth', () => {
    const quantiles = createQuantiles(3, FRACTIONS, sketchedOrderStatistics)
    expect(quantiles(sketchOf([123.456, 123.456, 123.456]))).toEqual(FRACTIONS.map(() => 123.456))
    expect(quantiles(sketchOf([0, 1e-300, 9e-7]))).toEqual(FRACTIONS.map(() => 0))
  })
})

describe('more paths than the limit of exact quantiles', () => {
  const paths = 200_001

  test('have the same bits for any division, and quantiles within 0.2 % of the exact ones', () => {
    const spec = simulationSpec({ paths, years: 2 })
    const cuts = [0, 4097, 100_000, paths]
    const shards = cuts.slice(1).map((to, i) => simulateShard(spec, cuts[i]!, to))
    const whole = simulate(spec)
    expect(outputHash(mergeShards(spec, shards.toReversed()))).toBe(outputHash(whole))
    const [end] = shards.map(shard => shard.nominal.length)
    expect(end).toBe(4097)

    const lastYear = new Float64Array(paths)
    for (const shard of shards) lastYear.set(shard.nominal, shard.fromPath)
    const exact = createQuantiles(paths, spec.percentiles, exactOrderStatistics)(lastYear)
    for (const [i, value] of exact.entries()) {
      expect(Math.abs(whole.endingWealth.nominal.percentiles[i]! / value - 1)).toBeLessThan(1 / 512)
    }
    expect(whole.definitions.quantiles).toContain('0.2 %')
  })

  test('can be encoded as bytes, also with years in which every balance is zero', () => {
    const spec = simulationSpec({ paths, years: 3, openingBalance: 1, realFlows: [0, -1e9, 0], nominalFlows: noFlows(3) })
    const shard = simulateShard(spec, 10, 20)
    expect(shard.sketches?.real.map(({ zeros }) => zeros)).toEqual([0, 10, 10])
    expect(decodeShard(encodeShard(shard))).toEqual(shard)
  })

  test('without risk agree exactly with the ledger', () => {
    const spec = simulationSpec({
      paths,
      years: 3,
      openingBalance: 1000,
      returns: certain(0.05, 0),
      realFlows: noFlows(3),
      nominalFlows: noFlows(3),
    })
    const { bands } = simulate(spec)
    for (const band of bands.nominal) expect(band[3]).toBeCloseTo(1000 * 1.05 ** 3, 8)
  })
})
